package io.salient.probe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.salient.probe", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule services_know_nothing_of_each_other =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.salient.extractor..",
              "io.salient.ranking..",
              "io.salient.standalone..",
              "io.salient.torch..");

  @ArchTest
  static final ArchRule the_work_knows_neither_CDI_nor_HTTP =
      noClasses()
          .that()
          .resideInAnyPackage("..topology..", "..matrix..", "..training..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "io.quarkus..", "io.micrometer..");

  @ArchTest
  static final ArchRule a_fit_knows_nothing_of_streams =
      noClasses()
          .that()
          .resideInAnyPackage("..matrix..", "..training..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka.streams..", "..probe.topology..");

  @ArchTest
  static final ArchRule a_matrix_knows_nothing_of_fits =
      noClasses()
          .that()
          .resideInAPackage("..matrix..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..probe.training..", "io.salient.lca.probe..");

  @ArchTest
  static final ArchRule nothing_is_read_by_Java_serialization =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream");
}
