package io.github.comfyeks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import io.github.comfyeks.ComfyClient;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers see. */
class ApiArchitectureTest {
    private static final List<String> LIBRARIES = List.of(
            "com.fasterxml.",
            "org.apache.",
            "okhttp3.",
            "okio.",
            "org.java_websocket.",
            "kotlin.",
            "mockwebserver3.",
            "org.slf4j.");

    static Stream<JavaClasses> modules() {
        return Stream.of(Modules.CORE, Modules.TESTING, Modules.WORKFLOWS, Modules.ADMIN);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> publicTypes(JavaClasses module) {
        return module.stream().filter(ApiArchitectureTest::isPublic);
    }

    /** Public itself, and so are all around it. */
    private static boolean isPublic(JavaClass type) {
        return Modules.isExported(type)
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ApiArchitectureTest::isPublic).orElse(true);
    }

    private static Stream<JavaMember> publicMembers(JavaClasses module) {
        return publicTypes(module)
                .flatMap(type -> type.getMembers().stream())
                .filter(member -> isVisible(member.getModifiers())
                        && !member.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    /** Every type that the member's signature names, type arguments and thrown ones too. */
    private static Stream<JavaClass> signature(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes().stream();
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        Stream<JavaType> types = Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
        return Stream.concat(
                types.flatMap(type -> type.getAllInvolvedRawTypes().stream()), unit.getExceptionTypes().stream());
    }

    private static Set<String> membersNaming(JavaClasses module, Predicate<JavaClass> unwanted) {
        return publicMembers(module)
                .filter(member ->
                        signature(member).map(JavaClass::getBaseComponentType).anyMatch(unwanted))
                .map(JavaMember::getFullName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void noSignatureNamesALibrary(JavaClasses module) {
        assertThat(membersNaming(module, type -> LIBRARIES.stream().anyMatch(type.getName()::startsWith)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void noSignatureNamesAnInternalType(JavaClasses module) {
        assertThat(membersNaming(module, type -> Modules.isInternal(type.getPackageName())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void noPublicTypeExtendsAnInternalOne(JavaClasses module) {
        Set<String> leaking = publicTypes(module)
                .filter(type -> Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                        .anyMatch(parent -> Modules.isInternal(parent.getPackageName())))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
        assertThat(leaking).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void accessorsHaveNoGet(JavaClasses module) {
        assertThat(publicMembers(module)
                        .filter(JavaCodeUnit.class::isInstance)
                        .map(JavaCodeUnit.class::cast)
                        .filter(unit -> unit.getName().matches("(get|set)[A-Z].*"))
                        .map(JavaMember::getFullName))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void fieldsThatCallersSeeAreConstants(JavaClasses module) {
        assertThat(publicMembers(module)
                        .filter(JavaField.class::isInstance)
                        .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL)
                                || !field.getModifiers().contains(JavaModifier.STATIC))
                        .map(JavaMember::getFullName))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void classesThatCallersSeeAreNotExtendedByAccident(JavaClasses module) {
        Set<String> open = publicTypes(module)
                .filter(type -> !type.isInterface() && !type.isEnum())
                .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL)
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
        // open so that new events break no switch; and for generated code
        assertThat(open).isSubsetOf("OtherEvent", "Option");
    }

    @Test
    void theModuleExportsWhatIsNotInternal() throws Exception {
        URI core = ComfyClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        Set<String> exported = new TreeSet<>();
        for (ModuleReference module : ModuleFinder.of(Path.of(core)).findAll()) {
            module.descriptor().exports().stream()
                    .filter(export -> !export.isQualified()) // to modules of ours
                    .forEach(export -> exported.add(export.source()));
        }
        Set<String> visible =
                publicTypes(Modules.CORE).map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        assertThat(exported).isEqualTo(visible);
    }

    @Test
    void theClientIsFinal() {
        assertThat(Modifier.isFinal(ComfyClient.class.getModifiers())).isTrue();
        assertThat(AutoCloseable.class).isAssignableFrom(ComfyClient.class);
    }
}
