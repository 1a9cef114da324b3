package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.json.JsonText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.HeaderSigner;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code sign request}: the headers of a signed request, and what the signature goes over.
 *
 * @param region V4: the bucket's of the registry when it is empty
 * @param additional V2, V4: names of headers to sign besides
 */
record SignRequestCommand(
        DataPlace data,
        String accessKey,
        RequestLine request,
        Optional<String> region,
        List<String> additional,
        boolean json)
        implements Operation {
    private static final String REGION = "--region";
    private static final String ADDITIONAL = "--additional-header";

    SignRequestCommand {
        additional = List.copyOf(additional);
    }

    static CommandSpec spec() {
        CommandSpec sign = Commands.reading(
                "request",
                "Signs a request in its header, and prints the headers to add and what was signed, to hold a client's own"
                        + " against it. No policy is asked.",
                SignRequestCommand::read,
                "sign request --access-key LTAI5tExample --bucket examplebucket --key a.txt --data data");
        sign.addOption(
                Options.text(RequestLine.BUCKET, "NAME", "The bucket (none: the service, which lists buckets)."));
        sign.addOption(Options.text(RequestLine.KEY, "KEY", "The object's key, literally (none: the bucket itself)."));
        RequestLine.addTo(sign, "V4 (the default), V2 or V1.");
        sign.addOption(Options.text(REGION, "REGION", "For V4, such as cn-hangzhou (the bucket's)."));
        sign.addOption(Options.texts(ADDITIONAL, "NAME", "A header to sign besides, for V2 and V4; may be repeated."));
        sign.addOption(Options.required(Options.ACCESS_KEY, "ID", "The key that signs."));
        return sign;
    }

    private static SignRequestCommand read(Line line) throws Misuse {
        RequestLine request = RequestLine.read(line);
        if (request.key().isPresent()
                && (request.bucket().isEmpty() || request.key().get().isEmpty())) {
            throw new Misuse("A key is in a bucket and not empty; name both.");
        }
        if (request.bucket().filter(String::isEmpty).isPresent()) {
            throw new Misuse("A bucket's name is not empty.");
        }
        if (HttpMethod.of(request.method()).isEmpty()) {
            throw new Misuse("The method is GET, PUT, HEAD, POST, DELETE or OPTIONS.");
        }
        if (version(request).isEmpty()) {
            throw new Misuse("The signature's version is V4, V2 or V1.");
        }
        return new SignRequestCommand(
                line.place(),
                line.text(Options.ACCESS_KEY).orElse(""),
                request,
                line.text(REGION),
                line.texts(ADDITIONAL),
                line.json());
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
    public void run(Tools tools) throws CommandFailure, StoreUnavailable {
        Settings settings = Tools.settings();
        try (OpenedData opened = tools.existing(data, settings)) {
            ChosenKeys keys = ChosenKeys.in(opened, settings, tools.now());
            HeaderSigner.SignedHeaders signed = new HeaderSigner(new SigningKeys(1))
                    .authorize(toSign(region(keys)), keys.byId(accessKey), tools.now());
            tools.out().print(json ? document(signed) + System.lineSeparator() : text(signed));
        } catch (OssRefusal e) {
            throw new CommandFailure(e.error().code(), e.text(), e);
        }
    }

    private String region(ChosenKeys keys) throws StoreUnavailable {
        if (region.isPresent() || request.bucket().isEmpty()) {
            return region.orElse("");
        }
        return keys.bucket(request.bucket().get()).map(Bucket::region).orElse("");
    }

    private HeaderSigner.HeaderToSign toSign(String ofRegion) {
        Target target = request.bucket()
                .map(bucket ->
                        request.key().map(key -> Target.object(bucket, key)).orElse(Target.bucket(bucket)))
                .orElse(Target.service());
        return new HeaderSigner.HeaderToSign(
                version(request).orElseThrow(),
                HttpMethod.of(request.method()).orElseThrow(),
                target,
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
