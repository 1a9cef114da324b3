package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.identity.delegation.BucketAcceptance;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.json.JsonText;
import io.countersign.oss.Address;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.HeaderSigner;
import java.util.List;
import java.util.Optional;

/**
 * {@code sign request}: prints the headers of a signed request and the text that the signature covers.
 *
 * @param region for V4; if empty, the region of the bucket in the registry
 * @param additional for V2 and V4: names of additional headers to sign
 */
record SignRequestCommand(
        RegistryOptions.DataPlace data,
        String accessKey,
        RequestLine request,
        Optional<String> region,
        List<String> additional,
        boolean json)
        implements Invocation.Operation {
    SignRequestCommand {
        additional = List.copyOf(additional);
    }

    static final class Options implements CommandTree.Options {
        private final RegistryOptions.Reading registry;
        private final Argument<Optional<String>> bucket;
        private final Argument<Optional<String>> key;
        private final RequestLine.Options request;
        private final Argument<Optional<String>> version;
        private final Argument<Optional<String>> region;
        private final Argument<List<String>> additional;
        private final Argument<String> accessKey;

        Options(CommandDeclaration command) {
            command.describe(
                    "Sign a request in its Authorization header. Print the headers to add and the signed text, to"
                            + " compare with a client's. Policies are not evaluated.",
                    "",
                    "Example:",
                    "  countersign sign request --access-key LTAI5tExample --bucket examplebucket --key a.txt --data data");
            registry = new RegistryOptions.Reading(command);
            bucket = command.optional(
                    "--bucket", "NAME", "The bucket. Without it the request is for the service (ListBuckets).");
            key = command.optional(
                    "--key", "KEY", "The object key, not URL-encoded. Without it the request is for the bucket.");
            request = new RequestLine.Options(command);
            version = command.optional(RequestLine.VERSION, "VERSION", "V4, V2 or V1. Default: V4.");
            region = command.optional(
                    "--region",
                    "REGION",
                    "The region, for V4; for example cn-hangzhou. Default: the region of the bucket.");
            additional = command.repeated(
                    "--additional-header", "NAME", "An additional header to sign, for V2 and V4. Can be repeated.");
            accessKey = command.required("--access-key", "ID", "The access key to sign with.");
        }

        @Override
        public SignRequestCommand read() throws CommandFailure.Misuse {
            RequestLine line =
                    request.read(bucket.value(), key.value(), version.value().orElse(RequestLine.DEFAULT_VERSION));
            if (key.value().isPresent()
                    && (bucket.value().isEmpty() || key.value().get().isEmpty())) {
                throw new CommandFailure.Misuse("--key requires --bucket and must not be empty.");
            }
            if (bucket.value().filter(String::isEmpty).isPresent()) {
                throw new CommandFailure.Misuse("--bucket must not be empty.");
            }
            if (HttpMethod.of(line.method()).isEmpty()) {
                throw new CommandFailure.Misuse("--method must be GET, PUT, HEAD, POST, DELETE or OPTIONS.");
            }
            if (SignRequestCommand.version(line).isEmpty()) {
                throw new CommandFailure.Misuse("--signature-version must be V4, V2 or V1.");
            }
            return new SignRequestCommand(
                    registry.place(), accessKey.value(), line, region.value(), additional.value(), registry.json());
        }
    }

    private static Optional<SignatureVersion> version(RequestLine request) {
        return switch (request.version()) {
            case "V1" -> Optional.of(SignatureVersion.V1);
            case "V2" -> Optional.of(SignatureVersion.V2);
            case "V4" -> Optional.of(SignatureVersion.V4);
            default -> Optional.empty();
        };
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        Settings settings = QuickCommands.Tools.settings();
        try (OpenedData opened = tools.existing(data, settings)) {
            ChosenKeys keys = ChosenKeys.in(opened, settings, tools.now());
            AccessKey key = keys.byId(accessKey);
            NamedScopes named = NamedScopes.of(new OssRequest(
                    HttpMethod.of(request.method()).orElseThrow(),
                    new Address(target(), Address.Style.VIRTUAL_HOST, "", Optional.empty()),
                    new QueryParameters(request.query()),
                    new Headers(request.headers())));
            BucketAcceptance.require(
                    version(request).orElseThrow(), named.scopes(), keys.buckets(named.buckets()), tools.now());
            HeaderSigner.SignedHeaders signed =
                    new HeaderSigner(new SigningKeys(1)).authorize(toSign(region(keys)), key, tools.now());
            tools.out().print(json ? document(signed) + System.lineSeparator() : text(signed));
        } catch (OssRefusal e) {
            throw new CommandFailure(e.error().code(), request.echoed(e.text()), e);
        } catch (SigningRefusal e) {
            throw new CommandFailure(e.code().text(), request.echoed(e.text()), e);
        }
    }

    private String region(ChosenKeys keys) throws StoreUnavailable {
        if (region.isPresent() || request.bucket().isEmpty()) {
            return region.orElse("");
        }
        return keys.bucket(request.bucket().get()).map(Bucket::region).orElse("");
    }

    private Target target() {
        return request.bucket()
                .map(bucket ->
                        request.key().map(key -> Target.object(bucket, key)).orElse(Target.bucket(bucket)))
                .orElse(Target.service());
    }

    private HeaderSigner.HeaderToSign toSign(String ofRegion) {
        return new HeaderSigner.HeaderToSign(
                version(request).orElseThrow(),
                HttpMethod.of(request.method()).orElseThrow(),
                target(),
                new QueryParameters(request.query()),
                new Headers(request.headers()),
                additional,
                Optional.empty(),
                ofRegion,
                CredentialScope.OSS);
    }

    private static String text(HeaderSigner.SignedHeaders signed) {
        StringBuilder text = new StringBuilder();
        for (Headers.HeaderField header : signed.headers().fields()) {
            text.append(header.name()).append(": ").append(header.value()).append('\n');
        }
        signed.form()
                .canonicalRequest()
                .ifPresent(form ->
                        text.append("\ncanonical request:\n").append(form).append('\n'));
        return text.append("\nstring to sign:\n")
                .append(signed.form().stringToSign())
                .append('\n')
                .toString();
    }

    private static String document(HeaderSigner.SignedHeaders signed) {
        return JsonText.object(members -> members.object(
                        "headers",
                        headers ->
                                signed.headers().fields().forEach(header -> headers.put(header.name(), header.value())))
                .put("canonicalRequest", signed.form().canonicalRequest())
                .put("stringToSign", signed.form().stringToSign()));
    }
}
