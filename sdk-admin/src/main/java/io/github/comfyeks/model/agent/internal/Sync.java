package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.agent.AgentOptions;
import io.github.comfyeks.model.agent.AgentReport;
import io.github.comfyeks.model.agent.internal.CopyRecord.Origin;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelListing;
import io.github.comfyeks.model.store.ModelManifest;
import io.github.comfyeks.model.store.ModelObject;
import io.github.comfyeks.model.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/** One look at bucket and folder, and all that follows from it. For one thread; used once. */
public final class Sync {
    private static final int LOOKS = 3;
    private static final int PART = 8 << 20;

    private final Workplace place;
    private final AgentOptions options;
    private final Setbacks setbacks;
    private final Progress progress;
    private final Tally tally;
    private final Fetch fetch;
    private final Set<ModelKey> changed = ConcurrentHashMap.newKeySet();
    private ModelManifest manifest;

    /** Hears what happens before the end. */
    public interface Progress extends IntConsumer {
        /** Whether all models are there that are needed before the node takes work. */
        void ready(boolean isReady);
    }

    /** @param manifest as it was when it was last seen */
    public Sync(Workplace place, AgentOptions options, Setbacks setbacks, ModelManifest manifest, Progress progress) {
        this.place = place;
        this.options = options;
        this.setbacks = setbacks;
        this.manifest = manifest;
        this.progress = progress;
        this.tally = new Tally(place.host().clock());
        this.fetch = new Fetch(
                place.store(),
                place.host().time(),
                new Bandwidth(place.host().time(), options.bytesPerSecond()),
                this::came);
    }

    private void came(int bytes) {
        tally.bytes.addAndGet(bytes);
        progress.accept(bytes);
    }

    /** Looks, and looks again while the bucket changes under our hands. */
    public AgentReport run() throws InterruptedException {
        try {
            look();
            for (int looks = 1; !changed.isEmpty() && looks < LOOKS; looks++) {
                tally.lookAgain();
                changed.clear();
                look();
            }
            changed.forEach(key -> tally.failed.put(key, "the bucket changes it faster than it can be copied"));
        } catch (StoreException e) {
            tally.problem(String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException e) {
            tally.problem(place.root() + " cannot be used: " + e);
        }
        return tally.report();
    }

    /** The manifest that was seen last. */
    public ModelManifest manifest() {
        return manifest;
    }

    private void look() throws IOException, InterruptedException {
        readManifest();
        ModelListing listing = place.store().list();
        tally.refused.putAll(listing.refused());
        NavigableMap<ModelKey, Wanted> wanted = wanted(listing);
        Leftovers leftovers = new Leftovers(place, options.grace().toMillis());
        leftovers.remove(wanted.keySet(), tally);

        Inventory inventory = Inventory.take(wanted.values(), new Judge(place, tally), options.parallel());
        List<CopyJob> jobs = inventory.jobs();
        if (options.maxBytes() > 0) {
            Eviction eviction = new Eviction(place, leftovers, options.maxBytes(), tally);
            jobs = eviction.makeRoom(wanted, inventory);
        }
        tally.kept(inventory.kept()
                - (int) tally.evicted.stream().filter(wanted::containsKey).count());
        jobs = jobs.stream().filter(this::isTime).toList();
        place.partials().keepOnly(jobs.stream().map(job -> job.wanted().model()));
        copy(jobs.stream().filter(job -> job.wanted().start()).toList());
        progress.ready(isReady(wanted));
        copy(jobs.stream().filter(job -> !job.wanted().start()).toList());
        progress.ready(isReady(wanted));
    }

    /** Without a new one the old one says what is pinned and needed first. */
    private void readManifest() {
        try {
            manifest = place.store().manifest(manifest);
        } catch (StoreException e) {
            tally.problem(String.valueOf(e.getMessage()));
        }
        tally.generation(manifest.generation());
    }

    /** What the bucket has, less names that would have to be file and folder at once: then the folder wins. */
    private NavigableMap<ModelKey, Wanted> wanted(ModelListing listing) {
        NavigableMap<ModelKey, Wanted> wanted = new TreeMap<>();
        for (ModelObject model : listing.models().values()) {
            wanted.put(model.key(), Wanted.of(model, manifest));
        }
        for (ModelKey key : listing.models().keySet()) {
            String name = key.value();
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                ModelKey folder = new ModelKey(name.substring(0, slash));
                if (wanted.remove(folder) != null) {
                    tally.conflicts.put(folder, "the bucket has it as a folder too, of " + key);
                }
            }
        }
        return wanted;
    }

    private boolean isTime(CopyJob job) {
        Optional<String> reason = setbacks.against(job.wanted().model(), place.now());
        reason.ifPresent(text -> tally.failed.put(job.wanted().key(), text + "; it is tried again later"));
        return reason.isEmpty();
    }

    private void copy(List<CopyJob> jobs) throws IOException, InterruptedException {
        if (jobs.isEmpty()) {
            return;
        }
        Copier copier = new Copier(place, fetch, jobs, options.parallel(), PART, this::ended);
        try {
            Crew.run(copier.threads(), copier::work);
        } finally {
            copier.close();
        }
    }

    private void ended(CopyJob job, Outcome outcome) {
        ModelKey key = job.wanted().key();
        switch (outcome.kind()) {
            case COPIED -> tally.copied.add(key);
            case CHANGED -> changed.add(key);
            case FAILED -> tally.failed.put(key, outcome.reason());
            case CORRUPT, BROKEN -> {
                setbacks.add(job.wanted().model(), outcome.reason(), place.now());
                tally.failed.put(key, outcome.reason());
            }
        }
    }

    /** An older version of a model will do: a node in service is not stopped for a newer one. */
    private boolean isReady(NavigableMap<ModelKey, Wanted> wanted) {
        return wanted.values().stream()
                .filter(one -> manifest.exists() ? one.start() : !tally.skipped.containsKey(one.key()))
                .allMatch(one -> place.log()
                        .find(one.key())
                        .filter(record -> record.is(Origin.COPIED) || record.is(Origin.FOUND))
                        .isPresent());
    }
}
