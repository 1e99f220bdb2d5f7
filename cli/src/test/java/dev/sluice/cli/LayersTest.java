package dev.sluice.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.Flags;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Modules see only what they may, and names say what things are.
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.sluice");

  @Test
  void grammarKnowsNoFilterAndNoHttp() {
    noClasses().that().resideInAPackage("dev.sluice.grammar..")
        .should().dependOnClassesThat()
        .resideInAnyPackage("dev.sluice.routes..", "dev.sluice.proxy..", "dev.sluice.cli..", "org.eclipse.jetty..", "java.net.http..")
        .check(CLASSES);
  }

  @Test
  void routesKnowNoJettyAndNoAntlr() {
    noClasses().that().resideInAPackage("dev.sluice.routes..")
        .should().dependOnClassesThat()
        .resideInAnyPackage("dev.sluice.proxy..", "dev.sluice.cli..", "org.eclipse.jetty..", "org.antlr..", "info.picocli..", "picocli..")
        .check(CLASSES);
  }

  @Test
  void theProxyKnowsNoCommandLineAndNoAntlr() {
    noClasses().that().resideInAPackage("dev.sluice.proxy..")
        .should().dependOnClassesThat()
        .resideInAnyPackage("dev.sluice.cli..", "picocli..", "org.antlr..", "ch.qos.logback..", "org.snakeyaml..")
        .check(CLASSES);
  }

  @Test
  void extensionsKnowNeitherEachOtherNorTheCommandLine() {
    slices().matching("dev.sluice.extensions.(*)..").should().notDependOnEachOther().check(CLASSES);
    noClasses().that().resideInAPackage("dev.sluice.extensions..")
        .should().dependOnClassesThat().resideInAnyPackage("dev.sluice.cli..", "picocli..", "org.antlr..", "ch.qos.logback..")
        .check(CLASSES);
  }

  @Test
  void nothingNamesAnExtension() {
    noClasses().that().resideOutsideOfPackage("dev.sluice.extensions..")
        .should().dependOnClassesThat().resideInAPackage("dev.sluice.extensions..")
        .check(CLASSES);
    assertThat(CLASSES).as("extensions are on the class path").anyMatch(each -> each.getPackageName().startsWith("dev.sluice.extensions."));
  }

  @Test
  void antlrStaysInTheGrammar() {
    noClasses().that().resideOutsideOfPackage("dev.sluice.grammar..")
        .should().dependOnClassesThat().resideInAPackage("org.antlr..")
        .check(CLASSES);
  }

  @Test
  void namesSayWhatThingsAre() {
    noClasses().that().resideInAPackage("dev.sluice..")
        .should().haveSimpleNameEndingWith("Manager")
        .orShould().haveSimpleNameEndingWith("Helper")
        .orShould().haveSimpleNameEndingWith("Util")
        .orShould().haveSimpleNameEndingWith("Utils")
        .orShould().haveSimpleNameEndingWith("Impl")
        .orShould().haveSimpleNameEndingWith("Base")
        .orShould().haveSimpleNameStartingWith("Abstract")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked = CLASSES.stream()
        .map(JavaClass::getPackage)
        .filter(each -> !each.getClasses().isEmpty() && !each.isAnnotatedWith(NullMarked.class))
        .map(each -> each.getName())
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unmarked).isEmpty();
  }

  @Test
  void systemStreamsBelongToTheCommands() {
    classes().that(DescribedPredicate.describe("are neither surroundings nor a main", each -> !mayUseStreams(each)))
        .should().onlyAccessFieldsThat(DescribedPredicate.describe("are no standard streams", LayersTest::isNoStream))
        .check(CLASSES);
  }

  /// A flag that is declared as working has a reader outside of the declarations, and one that has a reader is declared so.
  @Test
  void flagsThatWorkAreThoseThatAreRead() {
    Set<String> read = CLASSES.stream()
        .filter(each -> !each.getPackageName().equals("dev.sluice.proxy.flag"))
        .filter(each -> !each.getSimpleName().equals("SettingChecks")) // looks at values, does nothing with them
        .flatMap(each -> each.getFieldAccessesFromSelf().stream())
        .map(JavaFieldAccess::getTarget)
        .filter(target -> target.getOwner().getPackageName().equals("dev.sluice.proxy.flag"))
        .map(target -> target.getName())
        .filter(name -> Flags.byName().containsKey(flagName(name)))
        .map(LayersTest::flagName)
        .collect(Collectors.toCollection(TreeSet::new));
    read.add("ensure-dataclients"); // nothing but a check
    Set<String> declared = Flags.byName().values().stream()
        .filter(flag -> flag.status() == Flag.Status.BUILT || flag.status() == Flag.Status.DEPRECATED)
        .map(flag -> flag.name())
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(without(declared, read)).as("read nowhere: declare them as planned in dev.sluice.proxy.flag").isEmpty();
    assertThat(without(read, declared)).as("read by some class: declare them as built in dev.sluice.proxy.flag").isEmpty();
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    return all.stream().filter(each -> !some.contains(each)).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String flagName(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean mayUseStreams(JavaClass type) {
    return type.getSimpleName().equals("Surroundings") || type.getPackageName().startsWith("dev.sluice.bench");
  }

  private static boolean isNoStream(JavaField field) {
    return !field.getOwner().getName().equals("java.lang.System");
  }
}
