package io.github.comfyeks.transport.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a request, written anew at each attempt. */
public interface HttpBody {
    String contentType();

    /** In bytes; -1 if unknown. */
    long contentLength();

    void writeTo(OutputStream out) throws IOException;

    static HttpBody of(String contentType, byte[] bytes) {
        return new HttpBody() {
            @Override
            public String contentType() {
                return contentType;
            }

            @Override
            public long contentLength() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }

    /** {@code multipart/form-data} with one file and any text fields; the file name goes out as UTF-8 (H7). */
    record Multipart(Map<String, String> fields, String fileField, String fileName, HttpBody file) implements HttpBody {
        /** Long and odd enough to be in no file. */
        private static final String BOUNDARY = "comfyeks-7c1f0e5a9b3d48d2a6e4-boundary";

        private static final String END = "\r\n--" + BOUNDARY + "--\r\n";

        public Multipart {
            fields = new LinkedHashMap<>(fields);
        }

        @Override
        public String contentType() {
            return "multipart/form-data; boundary=" + BOUNDARY;
        }

        @Override
        public long contentLength() {
            long length = file.contentLength();
            return length < 0 ? -1 : head().length + length + END.length();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(head());
            file.writeTo(out);
            out.write(END.getBytes(StandardCharsets.US_ASCII));
        }

        private byte[] head() {
            StringBuilder head = new StringBuilder();
            fields.forEach((name, value) ->
                    head.append(start(name)).append("\r\n\r\n").append(value).append("\r\n"));
            head.append(start(fileField))
                    .append("; filename=\"")
                    .append(quoted(fileName))
                    .append('"');
            head.append("\r\nContent-Type: ").append(file.contentType()).append("\r\n\r\n");
            return head.toString().getBytes(StandardCharsets.UTF_8);
        }

        private static String start(String name) {
            return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + quoted(name) + '"';
        }

        private static String quoted(String text) {
            return text.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
        }
    }

    /** Told how many bytes of a body have been written so far. */
    interface Progress {
        void written(long bytes);
    }

    /** The same body, telling its progress. */
    default HttpBody reporting(@Nullable Progress progress) {
        if (progress == null) {
            return this;
        }
        HttpBody self = this;
        return new HttpBody() {
            @Override
            public String contentType() {
                return self.contentType();
            }

            @Override
            public long contentLength() {
                return self.contentLength();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                self.writeTo(new OutputStream() {
                    private long written;

                    @Override
                    public void write(int b) throws IOException {
                        out.write(b);
                        progress.written(++written);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        out.write(bytes, offset, length);
                        written += length;
                        progress.written(written);
                    }

                    @Override
                    public void flush() throws IOException {
                        out.flush();
                    }
                });
            }
        };
    }
}
