package io.github.comfyeks.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.github.comfyeks.error.ComfyException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may see whom. */
class ArchitectureTest {
    static Stream<JavaClasses> modules() {
        return Stream.of(Modules.CORE, Modules.TESTING, Modules.WORKFLOWS, Modules.ADMIN);
    }

    @Test
    void thePackagesOfCoreHaveNoCycles() {
        slices().matching("io.github.comfyeks.(*)..").should().beFreeOfCycles().check(Modules.CORE);
    }

    @Test
    void thePackagesOfTestingHaveNoCycles() {
        slices().matching("io.github.comfyeks.testing.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(Modules.TESTING);
    }

    @Test
    void thePackagesOfWorkflowsHaveNoCycles() {
        slices().matching("io.github.comfyeks.(*)..").should().beFreeOfCycles().check(Modules.WORKFLOWS);
    }

    @Test
    void thePackagesOfAdminHaveNoCycles() {
        slices().matching("io.github.comfyeks.model.(*)..")
                .should()
                .beFreeOfCycles()
                .check(Modules.ADMIN);
    }

    @Test
    void onlyTheTransportSeesTheHttpLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.comfyeks.transport.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hc..", "okhttp3..", "okio..")
                .check(Modules.CORE);
    }

    @Test
    void onlyTheSocketSeesTheWebSocketLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.comfyeks.socket.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.java_websocket..")
                .check(Modules.CORE);
    }

    @Test
    void theFakeServerKnowsNothingOfTheSdk() {
        Set<String> seen = Modules.TESTING.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .filter(name -> name.equals("io.github.comfyeks") || name.startsWith("io.github.comfyeks."))
                .filter(name -> !name.startsWith("io.github.comfyeks.testing"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(seen).isEmpty();
    }

    @Test
    void coreKnowsNothingOfTheFakeServer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.comfyeks.testing..")
                .check(Modules.CORE);
    }

    @Test
    void featuresStandBelowTheClient() {
        noClasses()
                .that()
                .resideInAPackage("io.github.comfyeks.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.comfyeks")
                .check(Modules.CORE);
    }

    @Test
    void onlyTheRootExtendsRuntimeException() {
        Set<String> strays = Modules.CORE.stream()
                .filter(type -> type.isAssignableTo(Throwable.class))
                .filter(type -> !type.isEquivalentTo(ComfyException.class))
                .filter(type -> !type.getRawSuperclass()
                        .map(parent -> parent.isEquivalentTo(ComfyException.class))
                        .orElse(false))
                .filter(Modules::isExported)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
        assertThat(strays).isEmpty();
        assertThat(ComfyException.class.getSuperclass()).isEqualTo(RuntimeException.class);
    }

    @Test
    void noExceptionHasFieldsThatCanChange() {
        Set<String> open = Modules.CORE.stream()
                .filter(type -> type.isAssignableTo(ComfyException.class))
                .flatMap(type -> type.getFields().stream())
                .filter(field -> !field.getModifiers().contains(JavaModifier.PRIVATE)
                        || !field.getModifiers().contains(JavaModifier.FINAL))
                .map(field -> field.getFullName())
                .collect(Collectors.toSet());
        assertThat(open).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyPackageIsNullMarked(JavaClasses module) {
        Map<String, Boolean> marked = module.stream()
                .filter(type -> !type.getPackageName().isEmpty())
                .collect(Collectors.toMap(
                        JavaClass::getPackageName,
                        type -> type.getPackage().isAnnotatedWith(NullMarked.class),
                        Boolean::logicalOr));
        assertThat(marked).isNotEmpty().doesNotContainValue(false);
    }

    @Test
    void noMethodIsSynchronized() {
        noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(Modules.CORE);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void nothingIsPrinted(JavaClasses module) {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(module);
    }

    @Test
    void nothingIsLoggedPastTheFacade() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(Modules.CORE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.logging..", "org.apache.log4j..", "ch.qos.logback..")
                .check(Modules.CORE);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void nothingEndsTheProcess(JavaClasses module) {
        noClasses().should().callMethod(System.class, "exit", int.class).check(module);
        noClasses().should().callMethod(Runtime.class, "halt", int.class).check(module);
    }
}
