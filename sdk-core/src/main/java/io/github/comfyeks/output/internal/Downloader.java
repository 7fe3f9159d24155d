package io.github.comfyeks.output.internal;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.output.DownloadOptions;
import io.github.comfyeks.output.DownloadedFile;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Brings files of one server here: to memory, a stream, or the disk. Thread-safe. */
final class Downloader {
    static final DownloadOptions IN_MEMORY =
            DownloadOptions.builder().maxBytes(256L << 20).build();

    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final Http http;
    private final ClientThreads threads;

    Downloader(Http http, ClientThreads threads) {
        this.http = http;
        this.threads = threads;
    }

    ClientThreads threads() {
        return threads;
    }

    long size(ServerFile file) {
        HttpCall call = Transfer.address(HttpCall.head("/view"), file).accept(404);
        try (Http.Streamed streamed = http.stream(call)) {
            if (streamed.status() == 404) {
                throw Transfer.missing(file, call);
            }
            String length = streamed.header("Content-Length");
            return length == null ? -1 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    byte[] bytes(ServerFile file, DownloadOptions options) {
        DownloadOptions bounded = options.maxBytes() <= LARGEST_ARRAY
                ? options
                : options.toBuilder().maxBytes(LARGEST_ARRAY).build();
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        new Transfer(http, file, bounded, false).run(new Sink() {
            @Override
            public void write(byte[] bytes, int length) {
                memory.write(bytes, 0, length);
            }

            @Override
            public boolean canRestart() {
                return true;
            }

            @Override
            public void restart() {
                memory.reset();
            }
        });
        return memory.toByteArray();
    }

    long toStream(ServerFile file, OutputStream out, DownloadOptions options) {
        Transfer.Done done = new Transfer(http, file, options, false).run(new Sink() {
            @Override
            public void write(byte[] bytes, int length) {
                try {
                    out.write(bytes, 0, length);
                } catch (IOException e) {
                    throw new LocalFileException("the stream given for " + file + " failed: " + e.getMessage(), e);
                }
            }

            @Override
            public boolean canRestart() {
                return false;
            }

            @Override
            public void restart() {
                throw new IllegalStateException("a stream cannot be begun anew");
            }
        });
        return done.bytes();
    }

    DownloadedFile toFile(ServerFile file, Path folder, String name, DownloadOptions options) {
        try (TargetFile target = TargetFile.in(folder, name, options.onExisting())) {
            return toFile(file, target, options);
        }
    }

    DownloadedFile toFile(ServerFile file, Path path, DownloadOptions options) {
        try (TargetFile target = TargetFile.at(path, options.onExisting())) {
            return toFile(file, target, options);
        }
    }

    private DownloadedFile toFile(ServerFile file, TargetFile target, DownloadOptions options) {
        Transfer.Done done = new Transfer(http, file, options, true).run(target);
        return new DownloadedFile(target.commit(), done.bytes(), done.sha256(), done.mediaType());
    }
}
