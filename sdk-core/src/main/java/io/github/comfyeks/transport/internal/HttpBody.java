package io.github.comfyeks.transport.internal;

import java.io.IOException;
import java.io.OutputStream;
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
        public Multipart {
            fields = new LinkedHashMap<>(fields);
        }

        @Override
        public String contentType() {
            return "multipart/form-data";
        }

        @Override
        public long contentLength() {
            return -1;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            throw new IOException("the engine writes multipart bodies");
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
