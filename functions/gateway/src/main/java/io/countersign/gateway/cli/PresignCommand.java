package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.Headers;
import io.countersign.presign.OperatorPresigner;
import io.countersign.presign.PresignedUrl;
import io.countersign.registry.Bucket;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code presign}: presigns one URL for an operator.
 *
 * @param expiresIn seconds; if empty, the default of the settings
 * @param sourceIp an address or a block; if empty, the URL may be used from anywhere
 * @param once whether the URL is good for one request
 * @param signer a user of the bucket's account; if this and {@code accessKey} are empty, the signer of the bucket
 */
record PresignCommand(
        RegistryOptions.DataPlace data,
        RequestLine request,
        OptionalInt expiresIn,
        Optional<String> sourceIp,
        boolean once,
        Optional<String> signer,
        Optional<String> accessKey,
        boolean json)
        implements Invocation.Operation {
    private static final String ONCE = "--once";

    @Command(
            name = "presign",
            description =
                    "Presign one URL with an access key of the registry. The limits of POST /presign apply; policies are not"
                            + " evaluated.",
            footer = {
                "",
                "Examples:",
                "  countersign presign --bucket examplebucket --key public/readme.txt --expires-in 600 --data data",
                "  countersign presign --bucket examplebucket --key a.jpg --method PUT --data data"
            })
    static final class Options implements Commands.Options {
        @Mixin
        RegistryOptions.Reading registry = new RegistryOptions.Reading();

        @Option(names = "--bucket", paramLabel = "NAME", required = true, description = "The bucket.")
        String bucket = "";

        @Option(names = "--key", paramLabel = "KEY", required = true, description = "The object key, not URL-encoded.")
        String key = "";

        @Mixin
        RequestLine.Options request = new RequestLine.Options();

        @Option(names = RequestLine.VERSION, paramLabel = "VERSION", description = "V4 or V1. Default: V4.")
        String version = RequestLine.DEFAULT_VERSION;

        @Option(
                names = "--expires-in",
                paramLabel = "SECONDS",
                description = "The lifetime of the URL, from 1 to countersign.presign.max-expires-in. Default:"
                        + " countersign.presign.default-expires-in.")
        Optional<Integer> expiresIn = Optional.empty();

        @Option(
                names = "--source-ip",
                paramLabel = "CIDR",
                description = "The address or the block that the URL may be used from. Default: any.")
        Optional<String> sourceIp = Optional.empty();

        @Option(
                names = ONCE,
                description = "Make a V4 URL that is good for one request, where Countersign decides on it.")
        boolean once;

        @ArgGroup(exclusive = true, multiplicity = "0..1")
        Key signing = new Key();

        /** At most one of the two. */
        static final class Key {
            @Option(
                    names = "--signer",
                    paramLabel = "USER",
                    description = "Sign as this user of the bucket's account. Default: the signer of the bucket.")
            Optional<String> signer = Optional.empty();

            @Option(names = "--access-key", paramLabel = "ID", description = "Sign with this access key.")
            Optional<String> accessKey = Optional.empty();
        }

        @Override
        public PresignCommand read() throws CommandFailure.Misuse {
            return new PresignCommand(
                    registry.place(),
                    request.read(Optional.of(bucket), Optional.of(key), version),
                    Commands.number(expiresIn),
                    sourceIp,
                    once,
                    signing.signer,
                    signing.accessKey,
                    registry.json);
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        Settings settings = QuickCommands.Tools.settings();
        try (OpenedData opened = tools.existing(data, settings)) {
            ChosenKeys keys = ChosenKeys.in(opened, settings, tools.now());
            String name = request.bucket().orElse("");
            Bucket bucket = keys.bucket(name)
                    .orElseThrow(() -> new CommandFailure(
                            "NoSuchBucket", "The registry does not hold the bucket " + name + "; correct its name."));
            AccessKey key = accessKey.isPresent()
                    ? keys.byId(accessKey.get())
                    : keys.of(signer.map(bucket::signedBy).orElse(bucket));
            PresignedUrl url = new OperatorPresigner(keys.registry(), settings.presign(), tools.random())
                    .presign(Members.of(Values.parse(wanted())), bucket, key, tools.now());
            print(url, key, tools);
        } catch (SigningRefusal e) {
            throw new CommandFailure(e.code().text(), e.text(), e);
        } catch (InvalidDocumentException e) {
            throw new CommandFailure("InvalidRequest", option(e.location().toString()) + ": " + e.problem() + ".", e);
        }
    }

    /** The option that gave the member of the body. Headers and parameters keep the place in the body, which has their name. */
    private static String option(String member) {
        return switch (member) {
            case "method", "bucket", "key" -> "--" + member;
            case "version" -> RequestLine.VERSION;
            case "expiresIn" -> "--expires-in";
            case "sourceIp" -> "--source-ip";
            case "once" -> ONCE;
            default -> member;
        };
    }

    /** The body of a request to the endpoint. */
    private String wanted() {
        return JsonText.object(json -> {
            json.put("method", request.method())
                    .put("bucket", request.bucket())
                    .put("key", request.key())
                    .put("version", request.version());
            expiresIn.ifPresent(seconds -> json.put("expiresIn", seconds));
            sourceIp.ifPresent(address -> json.put("sourceIp", address));
            if (once) {
                json.put("once", true);
            }
            json.object(
                    "headers",
                    headers -> request.headers().forEach(header -> headers.put(header.name(), header.value())));
            json.object("query", query -> request.query().forEach(one -> query.put(one.name(), one.value())));
        });
    }

    private void print(PresignedUrl url, AccessKey key, QuickCommands.Tools tools) {
        if (json) {
            tools.out().println(JsonText.object(members -> {
                url.write(members);
                members.put("accessKeyId", key.id());
            }));
            return;
        }
        tools.out().println(url.url());
        for (Headers.HeaderField header : url.headers().fields()) {
            tools.out().println("send: " + header.name() + ": " + header.value());
        }
        tools.out().println("method: " + url.method() + ", signed by " + key.id() + ", until " + url.expiration());
    }
}
