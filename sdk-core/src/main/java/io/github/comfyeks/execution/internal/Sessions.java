package io.github.comfyeks.execution.internal;

import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.output.internal.OutputBinder;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.workflow.Workflow;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of one client: one for what it submits, and one more for each pod or client id that a reference of an
 * earlier process names. Those are closed when their last run has ended. Thread-safe.
 */
public final class Sessions implements AutoCloseable {
    private final Http http;
    private final ClientThreads threads;
    private final SessionDefaults defaults;
    private final Rejections.Choices choices;
    private final Session main;
    private final Map<String, Session> others = new ConcurrentHashMap<>();

    public Sessions(Http http, ClientThreads threads, SessionDefaults defaults, Rejections.Choices choices) {
        this.http = http;
        this.threads = threads;
        this.defaults = defaults;
        this.choices = choices;
        this.main = create(http, UUID.randomUUID().toString(), () -> {});
    }

    private Session create(Http at, String clientId, Runnable onIdle) {
        return new Session(at, clientId, threads, defaults, new OutputBinder(at, threads), choices, onIdle);
    }

    /** The client id that submissions carry. */
    public String clientId() {
        return main.clientId();
    }

    /** Whether the socket is there within this time. */
    public boolean connect(java.time.Duration patience) throws InterruptedException {
        return main.channel().ensureOpen(patience);
    }

    /** The cookies that pin a pod, as of now. */
    public Map<String, String> affinity() {
        return http.affinity(defaults.affinityCookies());
    }

    public Execution queue(Workflow workflow, QueueOptions options) {
        return main.queue(workflow, options);
    }

    /** Follows by looks, with the cookies of the reference: the first process may still use its client id (E2). */
    public Execution attach(ExecutionRef ref, QueueOptions options) {
        if (ref.affinity().isEmpty() || ref.clientId().equals(main.clientId())) {
            return main.attach(ref.promptId(), options, !ref.clientId().equals(main.clientId()));
        }
        return inOther("pod " + ref.affinity(), UUID.randomUUID().toString(), ref, options, true);
    }

    /** Follows by events too, under the client id of the first process, which must be gone. */
    public Execution takeOver(ExecutionRef ref, QueueOptions options) {
        if (ref.clientId().isEmpty() || ref.clientId().equals(main.clientId())) {
            return attach(ref, options);
        }
        return inOther("client " + ref.clientId(), ref.clientId(), ref, options, false);
    }

    private Execution inOther(String key, String clientId, ExecutionRef ref, QueueOptions options, boolean foreign) {
        Execution[] attached = new Execution[1];
        others.compute(key, (same, open) -> {
            Session session =
                    open != null ? open : create(http.withAffinity(ref.affinity()), clientId, () -> closeIfIdle(key));
            attached[0] = session.attach(ref.promptId(), options, foreign);
            return session;
        });
        return attached[0];
    }

    private void closeIfIdle(String key) {
        threads.requests()
                .execute(() -> others.computeIfPresent(key, (same, session) -> {
                    if (!session.isIdle()) {
                        return session;
                    }
                    session.close();
                    return null;
                }));
    }

    @Override
    public void close() {
        others.values().forEach(Session::close);
        others.clear();
        main.close();
    }
}
