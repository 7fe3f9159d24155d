package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Versions of models that came and were of no use: tried again, but not gigabytes for nothing at each look. Safe for any number of threads. */
public final class Setbacks {
    private static final long FIRST = TimeUnit.MINUTES.toMillis(1);
    private static final int DOUBLINGS = 4;

    private final Map<ModelKey, Setback> all = new ConcurrentHashMap<>();

    private record Setback(String etag, int count, long until, String reason) {}

    void add(ModelObject model, String reason, long now) {
        all.compute(model.key(), (key, before) -> {
            int count = before != null && before.etag().equals(model.etag()) ? before.count() + 1 : 1;
            long pause = FIRST << Math.min(count - 1, DOUBLINGS);
            return new Setback(model.etag(), count, now + pause, reason);
        });
    }

    /** Why it should not be tried now. */
    Optional<String> against(ModelObject model, long now) {
        Setback setback = all.get(model.key());
        return setback == null || !setback.etag().equals(model.etag()) || now >= setback.until()
                ? Optional.empty()
                : Optional.of(setback.reason());
    }

    /** All may be tried now. */
    public void forgive() {
        all.replaceAll((key, setback) -> new Setback(setback.etag(), setback.count(), 0, setback.reason()));
    }
}
