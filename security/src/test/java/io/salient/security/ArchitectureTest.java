package io.salient.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may do what is decided without knowing what a service does. */
@AnalyzeClasses(
    packages = "io.salient.security",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule no_service_and_no_kafka_is_known =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.salient.extractor..",
              "io.salient.probe..",
              "io.salient.ranking..",
              "io.salient.standalone..",
              "io.salient.streams..",
              "io.salient.schemas..",
              "org.apache.kafka..");

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching("io.salient.(**)").should().beFreeOfCycles();
}
