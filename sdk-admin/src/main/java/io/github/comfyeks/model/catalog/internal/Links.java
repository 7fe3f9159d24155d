package io.github.comfyeks.model.catalog.internal;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.model.store.StoreException;
import io.github.comfyeks.model.store.internal.FileParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Models by HTTPS. Redirections are followed, but never from HTTPS to HTTP. A download is proved by its SHA-256, whatever the server
 * says, and goes on where an earlier one ended.
 */
final class Links {
    private static final int TIMEOUT = (int) Duration.ofSeconds(60).toMillis();
    private static final int BUFFER = 1 << 20;

    private Links() {}

    /** How many bytes the link's content has; -1 if the server does not say. */
    static long size(URI link) {
        try {
            HttpURLConnection connection = open(link, "HEAD", 0);
            try {
                int status = connection.getResponseCode();
                if (status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_GONE) {
                    throw new Unobtainable(link + " is not there (" + status + ")");
                }
                return status == HttpURLConnection.HTTP_OK ? connection.getContentLengthLong() : -1;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new Unobtainable(link + " cannot be reached: " + e);
        }
    }

    private static HttpURLConnection open(URI link, String method, long from) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) link.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(TIMEOUT);
        connection.setReadTimeout(TIMEOUT);
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        return connection;
    }

    /**
     * Fetches it into a file, which is there afterwards and has this SHA-256.
     *
     * @param came told how many bytes are there
     */
    static void fetch(URI link, Path file, String sha256, LongConsumer came) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            long there = Files.exists(file) ? Files.size(file) : 0;
            HttpURLConnection connection = open(link, "GET", there);
            try {
                receive(link, connection, file, there, came);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new StoreException(link + ": the download ended early: " + e + "; do it again to go on", 0, e);
        }
        String found = FileParts.of(file, Long.MAX_VALUE).sha256();
        if (!found.equals(sha256)) {
            remove(file);
            throw new StoreException(
                    link + ": what came has SHA-256 " + found + ", not the catalogue's " + sha256
                            + "; the link leads to something else now, or the catalogue is wrong",
                    0,
                    null);
        }
    }

    private static void receive(URI link, HttpURLConnection connection, Path file, long there, LongConsumer came)
            throws IOException {
        int status = connection.getResponseCode();
        if (there > 0 && status == 416) {
            return; // nothing is left to come; the checksum decides
        }
        if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
            throw new StoreException(link + " answers " + status, status, null);
        }
        boolean goesOn = status == HttpURLConnection.HTTP_PARTIAL;
        long done = goesOn ? there : 0;
        long announced = connection.getContentLengthLong();
        long end = announced < 0 ? -1 : done + announced;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(
                        file,
                        StandardOpenOption.CREATE,
                        goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                done += count;
                came.accept(done);
            }
        }
        if (done < end) {
            throw new IOException("only " + done + " of " + end + " bytes came"); // the JDK does not mind
        }
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new LocalFileException(file + " cannot be removed: " + e, e);
        }
    }
}
