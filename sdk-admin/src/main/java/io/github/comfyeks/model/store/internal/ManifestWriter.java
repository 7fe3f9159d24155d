package io.github.comfyeks.model.store.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelManifest;
import io.github.comfyeks.model.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes a manifest so that of two writers at once none is lost. */
public final class ManifestWriter {
    /** The manifest's name in a bucket, below the prefix. */
    public static final String NAME = ModelKey.OWN_FOLDER + "/manifest.json";

    private static final JsonFactory JSON = new JsonFactory();
    private static final int ROUNDS = 50;

    private ManifestWriter() {}

    /** Reads, changes and writes, and again from the start where somebody else wrote meanwhile. */
    public static ModelManifest update(
            Bucket bucket, UnaryOperator<ModelManifest> read, UnaryOperator<ModelManifest> change) {
        ModelManifest known = ModelManifest.NONE;
        for (int round = 0; ; round++) {
            known = read.apply(known);
            ModelManifest wanted = change.apply(known);
            if (known.exists() && wanted.models().equals(known.models())) {
                return known;
            }
            try {
                return write(bucket, known, wanted.models());
            } catch (StoreException e) {
                if (!lostRace(e.status()) || round == ROUNDS) {
                    throw e;
                }
            }
        }
    }

    /** Another one wrote first (412), writes right now (409), or removed it (404). */
    static boolean lostRace(int status) {
        return status == 412 || status == 409 || status == 404;
    }

    private static ModelManifest write(Bucket bucket, ModelManifest known, Map<ModelKey, ModelManifest.Entry> models) {
        long generation = known.generation() + 1;
        String etag = Conditional.put(bucket, NAME, bytes(generation, models), known.etag());
        return new ModelManifest(generation, models, etag);
    }

    private static byte[] bytes(long generation, Map<ModelKey, ModelManifest.Entry> models) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeNumberField("generation", generation);
            json.writeStringField("created", Instant.now().toString());
            json.writeArrayFieldStart("models");
            for (Map.Entry<ModelKey, ModelManifest.Entry> model : models.entrySet()) {
                write(json, model.getKey(), model.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, ModelKey key, ModelManifest.Entry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key.value());
        json.writeNumberField("size", entry.size());
        json.writeStringField("etag", entry.etag());
        if (entry.sha256() != null) {
            json.writeStringField("sha256", entry.sha256());
        }
        json.writeStringField("tier", entry.tier().name().toLowerCase(Locale.ROOT));
        if (entry.pin()) {
            json.writeBooleanField("pin", true);
        }
        json.writeEndObject();
    }
}
