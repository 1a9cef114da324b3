package io.countersign.gateway.live;

import io.countersign.gateway.cli.CommandFailure;
import io.countersign.gateway.cli.Invocation;
import io.countersign.gateway.cli.NoCallbackKeys;
import io.countersign.gateway.cli.OpenedData;
import io.countersign.gateway.cli.ServeCommand;
import io.countersign.gateway.cli.Terminal;
import io.countersign.gateway.server.GatewayServer;
import io.countersign.presign.callbacks.CallbackFunction;
import io.countersign.testkit.Seeds;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gateway's {@code serve} on a free port, by a clock of the test's own. */
public final class LiveGateway implements ServedGateway {
    private static final Pattern READY =
            Pattern.compile("countersign: ready on (http://\\S+)(?: \\(private faces on (http://[^\\s)]+).*)?");

    private static final Pattern STORE = Pattern.compile("\\(store port on (http://[^\\s)]+)\\)");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final OpenedData.Running running = new OpenedData.Running();
    private final String url;
    private final String privateUrl;
    private final Optional<String> storeUrl;
    private final String said;

    public LiveGateway(Path manifest, Path data, InstantSource clock) throws CommandFailure {
        this(manifest, data, clock, NoCallbackKeys.INSTANCE);
    }

    /** The same, with another source of the keys of OSS's callbacks than OSS's host. */
    LiveGateway(Path manifest, Path data, InstantSource clock, CallbackFunction.KeyFetcher callbackKeys)
            throws CommandFailure {
        this(
                new Invocation.Serve(
                        Optional.of(manifest),
                        data,
                        false,
                        "127.0.0.1",
                        0,
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.of(0)),
                clock,
                callbackKeys);
    }

    /** A gateway that only reads the directory. */
    public static LiveGateway readOnly(Path data, InstantSource clock) throws CommandFailure {
        return new LiveGateway(
                new Invocation.Serve(
                        Optional.empty(),
                        data,
                        true,
                        "127.0.0.1",
                        0,
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.of(0)),
                clock);
    }

    /** The same, with the private endpoints on a UNIX socket. */
    public static LiveGateway onSocket(Path manifest, Path data, Path socket, InstantSource clock)
            throws CommandFailure {
        return new LiveGateway(
                new Invocation.Serve(
                        Optional.of(manifest),
                        data,
                        false,
                        "127.0.0.1",
                        0,
                        OptionalInt.empty(),
                        Optional.of(socket),
                        OptionalInt.of(0)),
                clock);
    }

    /** A gateway that listens on all addresses is called on loopback. */
    public LiveGateway(Invocation.Serve serve, InstantSource clock) throws CommandFailure {
        this(serve, clock, NoCallbackKeys.INSTANCE);
    }

    private LiveGateway(Invocation.Serve serve, InstantSource clock, CallbackFunction.KeyFetcher callbackKeys)
            throws CommandFailure {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                false);
        SecureRandom random = Seeds.secure();
        try {
            new ServeCommand(
                            terminal,
                            clock,
                            random,
                            http -> new GatewayServer(vertx, http, clock, random),
                            callbackKeys)
                    .start(serve, running);
        } catch (CommandFailure e) {
            close();
            throw e;
        }
        said = output.toString(StandardCharsets.UTF_8);
        Matcher ready = READY.matcher(said);
        if (!ready.find()) {
            throw new AssertionError("not ready: " + said);
        }
        url = local(ready.group(1));
        Matcher store = STORE.matcher(said);
        storeUrl = store.find() ? Optional.of(local(store.group(1))) : Optional.empty();
        privateUrl = ready.group(2) == null ? url : local(ready.group(2));
    }

    private static String local(String url) {
        return url.replace("0.0.0.0", "127.0.0.1");
    }

    /** {@code http://127.0.0.1:port}. */
    @Override
    public String url() {
        return url;
    }

    /** The same of the private faces. */
    public String privateUrl() {
        return privateUrl;
    }

    /** The same of the port in front of stores. */
    public String storeUrl() {
        return storeUrl.orElseThrow();
    }

    /** What it printed while it started. */
    public String said() {
        return said;
    }

    /** {@code 127.0.0.1:port}. */
    public String authority() {
        return URI.create(url).getAuthority();
    }

    @Override
    public void close() {
        running.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
