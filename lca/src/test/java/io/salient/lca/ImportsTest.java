package io.salient.lca;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ImportsTest {
  private static final JavaClasses LCA =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.salient.lca");

  @Test
  void shouldKnowOnlyTheJdkLibTorchAndSmile() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "ai.djl.ndarray..", "io.salient.torch..", "io.salient.lca..", "smile..")
        .check(LCA);
  }

  @Test
  void shouldKnowNoFiles() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.File")
        .check(LCA);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.salient.lca.(*)..").should().beFreeOfCycles().check(LCA);
    noClasses()
        .that()
        .resideInAPackage("io.salient.lca")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.salient.lca.*..")
        .check(LCA);
  }
}
