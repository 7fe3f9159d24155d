package io.github.comfyeks.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.comfyeks.model.catalog.PlannedChange.Action;
import io.github.comfyeks.model.store.LockedException;
import io.github.comfyeks.model.store.ModelLock;
import io.github.comfyeks.model.store.ModelManifest;
import io.github.comfyeks.model.store.ModelManifest.Tier;
import io.github.comfyeks.model.store.StoreException;
import io.github.comfyeks.model.store.StoreTestBase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelPlanTest extends StoreTestBase {
    private final byte[] linked = new byte[3 * MIB];
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private volatile int cutAt;
    private HttpServer web;

    @BeforeEach
    void serve() throws IOException {
        Arrays.fill(linked, (byte) 7);
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/model", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", linked.length + "");
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
                return;
            }
            ranges.add(range + "");
            exchange.sendResponseHeaders(from == 0 ? 200 : 206, linked.length - from);
            int cut = cutAt;
            cutAt = 0;
            OutputStream body = exchange.getResponseBody();
            body.write(linked, from, (cut == 0 ? linked.length : cut) - from);
            body.flush();
            if (cut == 0) {
                body.close();
            }
            exchange.close();
        });
        web.start();
    }

    @AfterEach
    void unserve() {
        web.stop(0);
    }

    private String link() {
        return "http://127.0.0.1:" + web.getAddress().getPort() + "/model";
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private ModelCatalog catalog(String models) throws IOException {
        return ModelCatalog.read(Files.writeString(files.resolve("catalog.yaml"), "models:\n" + models));
    }

    private ApplyOptions options() {
        return ApplyOptions.by("ann").downloads(files.resolve("downloads"));
    }

    private List<String> actions(ModelPlan plan) {
        return plan.changes().stream()
                .map(change -> change.action() + " " + change.key())
                .toList();
    }

    @Test
    void aPlanIsCarriedOutAndThenEmpty() throws Exception {
        file("local.safetensors", 10, 1);
        store.put(file("old.safetensors", 20, 2), key("vae/changed.safetensors"));
        store.put(file("there.safetensors", 30, 3), key("vae/there.safetensors"));
        store.put(file("unnamed.safetensors", 40, 4), key("vae/unnamed.safetensors"));
        s3.createBucket(request -> request.bucket("other"));
        store.inBucket("other").put(file("s3.safetensors", 50, 5), key("some/s 3+.safetensors"));
        file("new.safetensors", 20, 6);
        ModelCatalog catalog = catalog("""
                  - {model: local.safetensors, folder: loras, source: local.safetensors, tier: start, pin: true}
                  - {model: changed.safetensors, folder: vae, source: new.safetensors}
                  - {model: there.safetensors, folder: vae}
                  - {model: s3.safetensors, folder: loras, source: "s3://other/some/s 3+.safetensors"}
                  - {model: linked.safetensors, folder: unet, source: "%s", sha256: %s}
                """.formatted(link(), sha256(linked)));

        ModelPlan plan = catalog.plan(store);

        assertThat(actions(plan))
                .containsExactly(
                        "ADD loras/local.safetensors",
                        "ADD loras/s3.safetensors",
                        "ADD unet/linked.safetensors",
                        "CHANGE vae/changed.safetensors",
                        "SETTINGS vae/there.safetensors",
                        "REMOVE vae/unnamed.safetensors");
        assertThat(plan.bytes()).isEqualTo(10 + 50 + linked.length + 20);
        assertThat(plan.toTable()).contains("remove   vae/unnamed.safetensors").contains("3,145,728");
        assertThat(plan.toJson()).contains("\"key\":\"loras/s3.safetensors\"");
        assertThat(store.list().models()).hasSize(3);

        ApplyReport report = plan.apply(store, options());

        assertThat(report.failed()).isEmpty();
        assertThat(report.generation()).isEqualTo(1);
        assertThat(report.sent()).isEqualTo(10 + 20 + linked.length);
        assertThat(store.list().models()).hasSize(5);
        ModelManifest manifest = store.manifest(ModelManifest.NONE);
        assertThat(manifest.find(key("loras/local.safetensors"))).hasValueSatisfying(entry -> {
            assertThat(entry.tier()).isEqualTo(Tier.START);
            assertThat(entry.pin()).isTrue();
            assertThat(entry.sha256()).hasSize(64);
        });
        assertThat(files.resolve("downloads")).isEmptyDirectory();
        assertThat(catalog.plan(store).isEmpty()).isTrue();
        assertThat(catalog.plan(store).apply(store, options()).generation()).isEqualTo(1);
    }

    @Test
    void whatCannotBeHadIsNamedAllAtOnce() throws Exception {
        store.put(file("a.safetensors", 10, 1), key("vae/there.safetensors"));
        ModelCatalog catalog =
                catalog("""
                  - {model: their.safetensors, folder: vae}
                  - {model: b.safetensors, folder: vae, source: nowhere.safetensors}
                  - {model: c.safetensors, folder: vae, source: "s3://models/vae/none.safetensors"}
                  - {model: d.safetensors, folder: vae, source: a.safetensors, sha256: %s}
                  - {model: e.safetensors, folder: vae, source: "%s", sha256: %s}
                """.formatted("ab".repeat(32), link().replace("model", "none"), "ab".repeat(32)));
        assertThatThrownBy(() -> catalog.plan(store))
                .isInstanceOfSatisfying(CatalogException.class, e -> assertThat(e.problems())
                        .satisfiesExactly(
                                p -> assertThat(p)
                                        .startsWith("line 2: vae/their.safetensors: it is not in the bucket")
                                        .contains("vae/there.safetensors"),
                                p -> assertThat(p).startsWith("line 3: ").contains("is no file"),
                                p -> assertThat(p).startsWith("line 4: ").contains("404"),
                                p -> assertThat(p).startsWith("line 5: ").contains("not the catalogue's"),
                                p -> assertThat(p).startsWith("line 6: ").contains("is not there (404)")));
    }

    @Test
    void aDownloadThatWasCutGoesOn() throws Exception {
        ModelCatalog catalog = catalog("  - {model: l.safetensors, folder: unet, source: \"%s\", sha256: %s}"
                .formatted(link(), sha256(linked)));
        cutAt = MIB;
        ApplyReport cut = catalog.plan(store).apply(store, options());
        assertThat(cut.failed()).containsOnlyKeys(key("unet/l.safetensors"));
        assertThat(store.list().models()).isEmpty();

        assertThat(catalog.plan(store).apply(store, options()).succeeded()).isTrue();

        assertThat(ranges).hasSize(2);
        assertThat(ranges.get(1)).matches("bytes=\\d+-");
        assertThat(store.get(key("unet/l.safetensors"), files.resolve("got")).sha256())
                .contains(sha256(linked));
    }

    @Test
    void aLinkToSomethingElseNeverReachesTheBucket() throws Exception {
        ModelCatalog catalog = catalog("  - {model: l.safetensors, folder: unet, source: \"%s\", sha256: %s}"
                .formatted(link(), "ab".repeat(32)));
        ApplyReport report = catalog.plan(store).apply(store, options());
        assertThat(report.failed().values()).singleElement().asString().contains("what came has SHA-256");
        assertThat(store.list().models()).isEmpty();
        assertThat(files.resolve("downloads")).isEmptyDirectory();
    }

    @Test
    void oneThatFailsStopsNoOther() throws Exception {
        Path gone = file("gone.safetensors", 10, 1);
        file("stays.safetensors", 10, 2);
        ModelPlan plan = catalog("""
                  - {model: gone.safetensors, folder: vae, source: gone.safetensors}
                  - {model: stays.safetensors, folder: vae, source: stays.safetensors}
                """).plan(store);
        Files.delete(gone);
        ApplyReport report = plan.apply(store, options());
        assertThat(report.failed()).containsOnlyKeys(key("vae/gone.safetensors"));
        assertThat(report.toJson()).contains("gone.safetensors is not there");
        assertThat(store.manifest(ModelManifest.NONE).models()).containsOnlyKeys(key("vae/stays.safetensors"));
    }

    @Test
    void aBucketThatChangedMeanwhileIsLeftAlone() throws Exception {
        file("a.safetensors", 10, 1);
        store.put(file("b.safetensors", 10, 2), key("vae/b.safetensors"));
        ModelPlan plan = catalog("  - {model: a.safetensors, folder: vae, source: a.safetensors}")
                .plan(store);
        store.put(file("c.safetensors", 10, 3), key("vae/b.safetensors"));
        assertThatThrownBy(() -> plan.apply(store, options()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("since the plan was made others changed vae/b.safetensors; plan again");
        assertThat(store.list().models()).hasSize(1);
    }

    @Test
    void whoHasTheLockIsNotDisturbed() throws Exception {
        file("a.safetensors", 10, 1);
        ModelPlan plan = catalog("  - {model: a.safetensors, folder: vae, source: a.safetensors}")
                .plan(store);
        try (ModelLock bob = store.lock("bob", Duration.ofMinutes(5), Clock.systemUTC())) {
            assertThatThrownBy(() -> plan.apply(store, options()))
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining(bob.owner());
        }
        assertThat(plan.apply(store, options()).succeeded()).isTrue();
    }

    @Test
    void withoutRemovalsWhatIsNotNamedStays() throws Exception {
        store.put(file("b.safetensors", 10, 2), key("vae/b.safetensors"));
        file("a.safetensors", 10, 1);
        ModelPlan plan = catalog("  - {model: a.safetensors, folder: vae, source: a.safetensors}")
                .plan(store);
        assertThat(plan.of(Action.REMOVE)).hasSize(1);
        plan.withoutRemovals().apply(store, options());
        assertThat(store.list().models()).hasSize(2);
    }
}
