package io.salient.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the extractor uses, which has no stream, must not pull one in. */
@AnalyzeClasses(
    packages = "io.salient.streams",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule clients_need_no_streams =
      noClasses()
          .that()
          .resideInAPackage("io.salient.streams.*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka.streams..", "io.micrometer..", "org.eclipse.microprofile.health..");

  @ArchTest
  static final ArchRule state_and_failures_need_no_kafka =
      noClasses()
          .that()
          .resideInAnyPackage("..streams.state..", "..streams.failure..", "..streams.log..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule no_service_is_known =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.salient.extractor..",
              "io.salient.probe..",
              "io.salient.ranking..",
              "io.salient.standalone..",
              "io.salient.lca..",
              "io.salient.torch..",
              "io.quarkus..");

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching("io.salient.(**)").should().beFreeOfCycles();
}
