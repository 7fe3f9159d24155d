package io.github.comfyeks.model.visibility;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.visibility.internal.ServerLook;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks ComfyUI servers whether they offer models: {@code GET /models/{folder}}, sizes where the server tells them, and the choices of
 * its loaders, freshly fetched. Immutable and safe for any number of threads; the clients stay the caller's.
 */
public final class ModelVisibility {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Map<URI, ComfyClient> servers;
    private final TimeSource time;

    private ModelVisibility(Map<URI, ComfyClient> servers, TimeSource time) {
        this.servers = servers;
        this.time = time;
    }

    /** @param servers at least one; behind a load balancer, one for each pod */
    public static ModelVisibility of(Collection<ComfyClient> servers) {
        return of(servers, TimeSource.SYSTEM);
    }

    static ModelVisibility of(Collection<ComfyClient> servers, TimeSource time) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("there is no server to ask");
        }
        Map<URI, ComfyClient> byUri = new LinkedHashMap<>();
        servers.forEach(client -> byUri.put(client.options().server(), client));
        return new ModelVisibility(byUri, time);
    }

    /** Looks once. A server that does not answer is in the report, not an error. */
    public VisibilityReport look(Collection<ModelObject> models) {
        return look(models, servers);
    }

    private static VisibilityReport look(Collection<ModelObject> models, Map<URI, ComfyClient> servers) {
        Map<URI, List<Unseen>> unseen = new LinkedHashMap<>();
        servers.forEach((uri, client) -> unseen.put(uri, ServerLook.unseen(client.server(), models)));
        return new VisibilityReport(unseen);
    }

    /**
     * Looks until every server offers every model, or the time is over; servers that do are not asked again.
     *
     * @param timeout for all together, from now
     * @return what was seen last; {@link VisibilityReport#allVisible()} if it was reached
     * @throws InterruptedException if the thread is interrupted
     */
    public VisibilityReport waitUntilVisible(Collection<ModelObject> models, Duration timeout)
            throws InterruptedException {
        long start = time.nanoTime();
        Map<URI, List<Unseen>> last = new LinkedHashMap<>();
        Map<URI, ComfyClient> open = new LinkedHashMap<>(servers);
        List<ModelObject> wanted = new ArrayList<>(models);
        while (true) {
            VisibilityReport now = look(wanted, open);
            last.putAll(now.unseen());
            open.keySet()
                    .removeIf(uri -> now.unseen().getOrDefault(uri, List.of()).isEmpty());
            if (open.isEmpty() || time.nanoTime() - start >= timeout.toNanos()) {
                return new VisibilityReport(last);
            }
            time.sleep(BETWEEN_LOOKS);
        }
    }
}
