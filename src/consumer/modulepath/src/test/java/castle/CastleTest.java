package castle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.testing.FakeComfyServer;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CastleTest {
    private static final Module CORE =
            ModuleLayer.boot().findModule("io.github.comfyeks.core").orElseThrow();
    private static final Module TESTING =
            ModuleLayer.boot().findModule("io.github.comfyeks.testing").orElseThrow();

    @Test
    void paintsOnTheModulePath() {
        try (FakeComfyServer server = FakeComfyServer.create()) {
            byte[] png = Castle.paint(server.uri());

            assertEquals("PNG", new String(png, 1, 3, StandardCharsets.US_ASCII));
            assertEquals(48, png[19]);
            assertEquals(32, png[23]);
            assertEquals(1, server.runs().size());
        }
        assertSame(CORE, ComfyClient.class.getModule());
        assertSame(TESTING, FakeComfyServer.class.getModule());
        assertEquals("castle", Castle.class.getModule().getName());
    }

    @Test
    void internalPackagesAreThereButNobodySeesThem() {
        for (Module module : List.of(CORE, TESTING)) {
            List<String> internal = module.getPackages().stream()
                    .filter(name -> Set.of(name.split("\\.")).contains("internal"))
                    .toList();

            assertFalse(internal.isEmpty(), module.getName());
            internal.forEach(name -> assertFalse(module.isExported(name, Castle.class.getModule()), name));
        }
        assertTrue(CORE.getPackages().contains("io.github.comfyeks.transport.internal"));
    }

    @Test
    void nothingInternalIsOpenToReflection() throws ReflectiveOperationException {
        Class<?> http = Class.forName("io.github.comfyeks.transport.internal.Http", false, CORE.getClassLoader());

        assertThrows(InaccessibleObjectException.class, () -> http.getDeclaredConstructors()[0].setAccessible(true));
    }

    @Test
    void bothAreModulesOfTheirOwnAndNotAutomatic() {
        for (ModuleDescriptor module : List.of(CORE.getDescriptor(), TESTING.getDescriptor())) {
            assertFalse(module.isAutomatic(), module.name());
            assertFalse(module.isOpen(), module.name());
        }
    }
}
