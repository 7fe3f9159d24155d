package io.github.comfyeks;

import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.execution.internal.Session;
import io.github.comfyeks.execution.internal.SessionDefaults;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.output.internal.OutputBinder;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpConfig;
import io.github.comfyeks.workflow.Workflow;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Client. */
public final class ComfyClient implements AutoCloseable {
    private final ClientThreads threads;
    private final Session session;

    private ComfyClient(ClientOptions o) {
        threads = new ClientThreads(o.maxRequests(), o.callbackExecutor().orElse(null));
        Http http = new Http(new HttpConfig(
                o.server(),
                o.credentials(),
                o.headers(),
                o.sslContext().orElse(null),
                o.trustManager().orElse(null),
                o.proxy().orElse(null),
                o.proxyCredentials().orElse(null),
                o.connectLimit(),
                o.requestLimit(),
                o.retry(),
                o.observer(),
                TimeSource.SYSTEM));
        session = new Session(
                http,
                UUID.randomUUID().toString(),
                threads,
                new SessionDefaults(
                        o.server(), o.runLimits(), o.affinityCookies(), Duration.ofSeconds(2), o.observer()),
                new OutputBinder(http),
                new io.github.comfyeks.execution.internal.Rejections.Choices() {
                    @Override
                    public List<String> of(String classType, String input) {
                        return List.of();
                    }

                    @Override
                    public List<String> classes() {
                        return List.of();
                    }
                });
    }

    public static ComfyClient create(URI server) {
        return new ComfyClient(ClientOptions.builder(server).build());
    }

    public static ComfyClient create(ClientOptions options) {
        return new ComfyClient(options);
    }

    public Execution queue(Workflow workflow) {
        return session.queue(workflow, QueueOptions.standard());
    }

    public ExecutionResult run(Workflow workflow) {
        try (Execution e = queue(workflow)) {
            return e.await();
        }
    }

    public java.util.concurrent.CompletableFuture<Execution> queueAsync(Workflow workflow) {
        return java.util.concurrent.CompletableFuture.supplyAsync(() -> queue(workflow), threads.requests());
    }

    public ClientThreads threads() {
        return threads;
    }

    @Override
    public void close() {
        session.close();
        threads.close();
    }
}
