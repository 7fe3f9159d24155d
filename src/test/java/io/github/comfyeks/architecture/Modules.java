package io.github.comfyeks.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.validation.WorkflowValidator;
import java.net.URL;

/** The compiled classes of the modules, each without its tests. */
final class Modules {
    static final JavaClasses CORE = classesOf(ComfyClient.class);
    static final JavaClasses TESTING = classesOf(FakeComfyServer.class);
    static final JavaClasses WORKFLOWS = classesOf(WorkflowValidator.class);
    static final JavaClasses ADMIN = classesOf(ModelStore.class);

    private Modules() {}

    private static JavaClasses classesOf(Class<?> member) {
        URL location = member.getProtectionDomain().getCodeSource().getLocation();
        JavaClasses classes = new ClassFileImporter().importUrl(location);
        if (!classes.contain(member)) {
            throw new IllegalStateException(member + " is not in " + location);
        }
        return classes;
    }

    /** Whether callers can see it: in a package that is no internal one. */
    static boolean isExported(JavaClass type) {
        return !isInternal(type.getPackageName());
    }

    static boolean isInternal(String packageName) {
        return (packageName + ".").contains(".internal.");
    }
}
