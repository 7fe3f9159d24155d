package io.github.comfyeks.transport;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A proxy before one server, whatever host a request names: as a forward proxy it takes absolute addresses and CONNECT, as a
 * reverse proxy it serves the server under a path prefix, or over TLS. Keeps connections alive. It can want a login.
 */
final class SmallProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int serverPort;
    private final String prefix;
    private volatile @Nullable String login;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private SmallProxy(int serverPort, String prefix, @Nullable SSLContext tls) {
        this.serverPort = serverPort;
        this.prefix = prefix;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(() -> {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                start(() -> serve(tls == null ? client : secured(client, tls)));
            }
        });
    }

    static SmallProxy forward(int serverPort) {
        return new SmallProxy(serverPort, "", null);
    }

    static SmallProxy reverse(int serverPort, String prefix) {
        return new SmallProxy(serverPort, prefix, null);
    }

    /** Turns clients without a certificate away, and lets them hear of it whenever they listen. */
    static SmallProxy mutualTls(int serverPort, SSLContext context) {
        return new SmallProxy(serverPort, "", context);
    }

    /** Wants this value of {@code Proxy-Authorization} from now on. */
    SmallProxy wanting(String login) {
        this.login = login;
        return this;
    }

    Proxy proxy() {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()));
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The first lines of all requests. */
    List<String> requests() {
        return requests;
    }

    /** The heads of all requests. */
    List<String> heads() {
        return heads;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // the other side has gone, which is how each connection ends
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static Socket secured(Socket client, SSLContext context) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(client, null, client.getPort(), false);
        secured.setUseClientMode(false);
        secured.setNeedClientAuth(true);
        try {
            secured.startHandshake();
            return secured;
        } catch (SSLException e) {
            // a line that is closed while the client still writes loses the alert that says why
            client.shutdownOutput();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
            client.close();
            throw e;
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket server = new Socket()) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            InputStream answers = null;
            for (List<String> head = head(in); !head.isEmpty(); head = head(in)) {
                requests.add(head.get(0));
                heads.add(String.join("\n", head));
                String wanted = login;
                if (wanted != null && !wanted.equals(header(head, "Proxy-Authorization"))) {
                    in.skipNBytes(length(head));
                    write(
                            out,
                            List.of(
                                    "HTTP/1.1 407 Proxy Authentication Required",
                                    "Proxy-Authenticate: Basic realm=\"small\"",
                                    "Content-Length: 0"));
                    continue;
                }
                if (answers == null) {
                    open.add(server);
                    server.setTcpNoDelay(true);
                    server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
                    answers = new BufferedInputStream(server.getInputStream());
                }
                if (head.get(0).startsWith("CONNECT ")) {
                    write(out, List.of("HTTP/1.1 200 Connection established"));
                    pipe(client, in, server, answers);
                    return;
                }
                write(server.getOutputStream(), forwarded(head));
                copy(in, server.getOutputStream(), length(head));
                List<String> answer = head(answers);
                write(out, answer);
                if (answer.get(0).contains(" 101 ")) {
                    pipe(client, in, server, answers);
                    return;
                }
                copy(answers, out, head.get(0).startsWith("HEAD ") ? 0 : length(answer));
            }
        } finally {
            open.remove(client);
        }
    }

    /** Both ways, until one side ends. */
    private static void pipe(Socket client, InputStream in, Socket server, InputStream answers) throws IOException {
        start(() -> {
            try (client) {
                answers.transferTo(client.getOutputStream());
            }
        });
        in.transferTo(server.getOutputStream());
    }

    /** As the server is to see it: a path instead of an absolute address, without the prefix and what was for the proxy. */
    private List<String> forwarded(List<String> head) {
        String[] line = head.get(0).split(" ");
        String path = line[1].replaceFirst("^http://[^/]+", "");
        if (!path.startsWith(prefix + "/")) {
            path = "/outside-of-the-prefix" + path;
        } else {
            path = path.substring(prefix.length());
        }
        List<String> forwarded = new ArrayList<>();
        forwarded.add(line[0] + " " + path + " " + line[2]);
        head.stream()
                .skip(1)
                .filter(header -> !header.toLowerCase(Locale.ROOT).startsWith("proxy-"))
                .forEach(forwarded::add);
        return forwarded;
    }

    private static long length(List<String> head) {
        String length = header(head, "Content-Length");
        return length == null ? 0 : Long.parseLong(length);
    }

    private static @Nullable String header(List<String> head, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElse(null);
    }

    /** The lines of a head; none at the end of the stream. */
    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c != '\n') {
                line.append((char) c);
                continue;
            }
            String whole = line.toString().strip();
            if (whole.isEmpty()) {
                return lines;
            }
            lines.add(whole);
            line.setLength(0);
        }
        return List.of();
    }

    private static void write(OutputStream out, List<String> head) throws IOException {
        if (head.isEmpty()) {
            throw new EOFException();
        }
        out.write((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void copy(InputStream from, OutputStream to, long length) throws IOException {
        byte[] some = new byte[8192];
        for (long left = length; left > 0; ) {
            int count = from.read(some, 0, (int) Math.min(left, some.length));
            if (count < 0) {
                throw new EOFException();
            }
            to.write(some, 0, count);
            left -= count;
        }
        to.flush();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                Objects.requireNonNull(socket).close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
