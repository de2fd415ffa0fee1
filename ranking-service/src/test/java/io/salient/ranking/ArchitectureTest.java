package io.salient.ranking;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

@AnalyzeClasses(
    packages = "io.salient.ranking",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule services_know_nothing_of_each_other =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.salient.extractor..",
              "io.salient.probe..",
              "io.salient.standalone..",
              "io.salient.torch..");

  @ArchTest
  static final ArchRule the_topology_knows_neither_CDI_nor_HTTP =
      noClasses()
          .that()
          .resideInAPackage("..topology..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta..",
              "io.quarkus..",
              "..ranking.api..",
              "..ranking.live..",
              "..ranking.view..");

  @ArchTest
  static final ArchRule nothing_is_read_by_Java_serialization =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream");

  @ArchTest
  static final ArchRule results_are_shaped_apart_from_who_shows_them =
      noClasses()
          .that()
          .resideInAnyPackage("..ranking.view..", "..ranking.table..", "..ranking.parquet..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..ranking.api..", "..ranking.live..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching("io.salient.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule records_are_nested_before_they_grow_long =
      classes().that().areRecords().should(haveFewerComponentsThan(20));

  private static ArchCondition<JavaClass> haveFewerComponentsThan(int most) {
    return new ArchCondition<>("have fewer than " + most + " components") {
      @Override
      public void check(JavaClass record, ConditionEvents events) {
        int components = record.reflect().getRecordComponents().length;
        events.add(
            new SimpleConditionEvent(
                record, components < most, record.getName() + " has " + components));
      }
    };
  }
}
