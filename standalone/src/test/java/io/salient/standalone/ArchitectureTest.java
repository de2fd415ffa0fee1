package io.salient.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.salient.schemas.avro.Provenance;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Who may know whom, over the whole house. */
@AnalyzeClasses(packages = "io.salient", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule SERVICES_KNOW_NOTHING_OF_EACH_OTHER =
      slices().matching("io.salient.(extractor|probe|ranking)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule LEARNING_CODE_KNOWS_NO_KAFKA_NO_CDI_NO_FILES =
      classes()
          .that()
          .resideInAPackage("io.salient.lca..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.salient.lca..",
              "io.salient.torch..",
              "ai.djl..",
              "smile..",
              "java.lang..",
              "java.util..",
              "java.nio",
              "java.time..",
              "java.io",
              "jdk.incubator.vector..");

  @ArchTest
  static final ArchRule TORCH_KNOWS_NO_KAFKA_AND_NO_CDI =
      noClasses()
          .that()
          .resideInAPackage("io.salient.torch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "jakarta..", "io.quarkus..", "io.salient.schemas..");

  @ArchTest
  static final ArchRule THE_CONTRACT_KNOWS_NO_SERVICE =
      noClasses()
          .that()
          .resideInAPackage("io.salient.schemas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.salient.extractor..",
              "io.salient.probe..",
              "io.salient.ranking..",
              "io.salient.lca..",
              "io.salient.streams..",
              "io.salient.torch..");

  @ArchTest
  static final ArchRule NO_JAVA_SERIALIZATION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ObjectInputStream.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ObjectOutputStream.class);

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.salient.standalone..", "io.salient.benchmarks..")
          .should(ACCESS_STANDARD_STREAMS)
          .because("a service's output is its log");

  @ArchTest
  static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
      slices().matching("io.salient.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_REPORT_READS_VIEWS_AND_NO_RECORDS =
      noClasses()
          .that()
          .resideInAPackage("io.salient.standalone.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.salient.schemas..", "org.apache.avro..");

  @ArchTest
  static final ArchRule SETTINGS_OF_A_PROVENANCE_ARE_FOR_PEOPLE =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.salient.ranking.view.Origin")
          .and()
          .resideOutsideOfPackage("io.salient.schemas.avro")
          .should()
          .callMethod(Provenance.class, "getSettings")
          .because("what programs act on has fields of its own in the record");
}
