package io.github.comfyeks.testing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each JUnit test a {@link FakeComfyServer} of its own, as a parameter or through {@link #server()}.
 *
 * <pre>{@code
 * @ExtendWith(FakeComfyExtension.class)
 * class CastleTest {
 *     @Test
 *     void paints(FakeComfyServer server) { ... }
 * }
 *
 * class FaultTest {
 *     @RegisterExtension
 *     final FakeComfyExtension comfy = FakeComfyExtension.of(builder -> builder.version("0.8.0")).failOnOpenSockets();
 * }
 * }</pre>
 *
 * <p>An extension that is registered in a field belongs to that test instance; it is not safe for use by tests that run at the same
 * time on one instance. Servers given as parameters are.
 */
public final class FakeComfyExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(FakeComfyExtension.class);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Setup setup;
    private final boolean failOnOpenSockets;
    private volatile @Nullable FakeComfyServer current;

    /** Sets up each test's server. */
    @FunctionalInterface
    public interface Setup {
        /** Changes the builder. */
        void apply(FakeComfyServer.Builder builder);
    }

    /** An extension with {@link FakeComfyServer#create()}'s server. */
    public FakeComfyExtension() {
        this(builder -> {}, false);
    }

    private FakeComfyExtension(Setup setup, boolean failOnOpenSockets) {
        this.setup = setup;
        this.failOnOpenSockets = failOnOpenSockets;
    }

    /** An extension whose servers are set up by a function. */
    public static FakeComfyExtension of(Setup setup) {
        return new FakeComfyExtension(setup, false);
    }

    /** The same, but a test fails that leaves an event socket open. */
    public FakeComfyExtension failOnOpenSockets() {
        return new FakeComfyExtension(setup, true);
    }

    /** The server of the test that runs. */
    public FakeComfyServer server() {
        FakeComfyServer server = current;
        if (server == null) {
            throw new IllegalStateException("no test runs; register the extension with @RegisterExtension");
        }
        return server;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        current = serverOf(context);
    }

    private FakeComfyServer serverOf(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(FakeComfyServer.class, key -> build(), FakeComfyServer.class);
    }

    private FakeComfyServer build() {
        FakeComfyServer.Builder builder = FakeComfyServer.builder();
        setup.apply(builder);
        return builder.build();
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        FakeComfyServer server = context.getStore(NAMESPACE).remove(FakeComfyServer.class, FakeComfyServer.class);
        current = null;
        if (server == null) {
            return;
        }
        try (server) {
            if (failOnOpenSockets && !server.awaitOpenSockets(0, GRACE)) {
                throw new AssertionError("the test left " + server.openSockets() + " event socket(s) open");
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FakeComfyServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return serverOf(context);
    }
}
