package io.github.comfyeks.model.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket on a folder, whose server can be made to fail. */
public abstract class StoreTestBase {
    protected static final int MIB = 1 << 20;

    protected Path files = Path.of("");

    protected S3Server server;
    protected S3Client s3;
    protected ModelStore store;

    protected StoreTestBase() {}

    /** What stands between the server and the folder. */
    protected BlobStore faulty(BlobStore real) {
        return real;
    }

    // public, so that tests of other packages can be run alone
    @BeforeEach
    public final void start(@TempDir Path folder, @TempDir Path forFiles) {
        files = forFiles;
        server = S3Server.over(faulty(new AtomicWrites(new FilesystemNio2BlobStore(folder.toString()))));
        s3 = server.client();
        s3.createBucket(request -> request.bucket("models"));
        store = ModelStore.of(s3, "models");
    }

    @AfterEach
    public final void stop() {
        s3.close();
        server.close();
    }

    /** A file of random bytes, the same for the same seed. */
    protected Path file(String name, int size, long seed) throws IOException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        Path file = files.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    protected static ModelKey key(String value) {
        return new ModelKey(value);
    }
}
