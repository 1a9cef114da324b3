package io.countersign.registry.manifest;

import io.countersign.http.client.OutgoingAddresses;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.registry.IdSyntax;
import io.countersign.registry.Upstream;
import io.countersign.signing.Secret;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a bucket's {@code upstream}. */
final class UpstreamReader {
    /** A scheme, a host in lower case or an address, and optionally a port; no user, path, query or fragment. */
    private static final Pattern ENDPOINT =
            Pattern.compile("(https?)://([a-z0-9.-]{1,253}|\\[[0-9a-f:]{2,39}])(?::([1-9][0-9]{0,4}))?/?");

    /** The names of S3's stores may hold dots. */
    private static final Pattern S3_BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private static final int MAX_PORT = 65_535;
    private static final String FLAT_NAMESPACE = "flatNamespace";

    private UpstreamReader() {}

    /**
     * An upstream as the manifest has it.
     *
     * @param secret of the store's own key, if one signs
     */
    record ManifestUpstream(Upstream record, Optional<Secret> secret) {}

    static Optional<ManifestUpstream> read(Members bucket) throws InvalidDocumentException {
        Optional<Value> value = bucket.optional("upstream");
        return value.isEmpty() ? Optional.empty() : Optional.of(upstream(Members.of(value.get())));
    }

    private static ManifestUpstream upstream(Members members) throws InvalidDocumentException {
        members.required("protocol");
        Upstream.Protocol protocol =
                Texts.word(members, "protocol", Upstream.Protocol.OSS, Upstream.Protocol::of, "oss or s3");
        Value place = members.required("endpoint");
        Upstream.Endpoint endpoint = endpoint(place);
        boolean pathStyle = members.optionalBoolean("pathStyle").orElse(false);
        if (!pathStyle && OutgoingAddresses.literal(endpoint.host()).isPresent()) {
            throw new InvalidDocumentException(
                    place.at(),
                    "an address cannot have the bucket before it; add pathStyle: true, or give the store's name");
        }
        boolean flatNamespace = flatNamespace(members, protocol);
        String region = Texts.required(
                members,
                "region",
                IdSyntax::isRegion,
                "the region that the store's signatures name, such as cn-hangzhou");
        String bucket = Texts.required(
                members,
                "bucket",
                name -> IdSyntax.isBucket(name)
                        || protocol == Upstream.Protocol.S3
                                && S3_BUCKET.matcher(name).matches(),
                "the name of the bucket in the store");
        if (members.has("signer") == members.has("accessKey")) {
            throw new InvalidDocumentException(
                    members.at(),
                    "an upstream has either a \"signer\", a user of this account, or an \"accessKey\" of the store's"
                            + " own; give one");
        }
        Optional<Secret> secret = Optional.empty();
        Upstream.Signer signer;
        if (members.has("signer")) {
            signer = new Upstream.Signer.User(
                    Texts.required(members, "signer", IdSyntax::isRamName, "the name of a user of this account"));
        } else {
            Members key = Members.of(members.required("accessKey"));
            signer = new Upstream.Signer.ForeignKey(ManifestReader.KeysReader.id(key));
            secret = Optional.of(ManifestReader.KeysReader.requiredSecret(key));
            key.done();
        }
        members.done();
        return new ManifestUpstream(
                new Upstream(protocol, endpoint, region, bucket, pathStyle, flatNamespace, signer), secret);
    }

    private static boolean flatNamespace(Members members, Upstream.Protocol protocol) throws InvalidDocumentException {
        Optional<Boolean> flat = members.optionalBoolean(FLAT_NAMESPACE);
        if (flat.isPresent() && protocol != Upstream.Protocol.S3) {
            throw new InvalidDocumentException(
                    members.required(FLAT_NAMESPACE).at(),
                    "only a store that speaks S3 may fold keys into others; take flatNamespace out");
        }
        return flat.orElse(false);
    }

    private static Upstream.Endpoint endpoint(Value value) throws InvalidDocumentException {
        Matcher matcher = ENDPOINT.matcher(Members.string(value));
        if (matcher.matches() && isHost(matcher.group(2))) {
            boolean secure = matcher.group(1).equals("https");
            String port = matcher.group(3);
            int number = port == null ? Upstream.Endpoint.usualPort(secure) : Integer.parseInt(port);
            if (number <= MAX_PORT) {
                return new Upstream.Endpoint(secure, matcher.group(2), number);
            }
        }
        throw new InvalidDocumentException(
                value.at(),
                "expected the store's URL: https, a host in lower case and perhaps a port, without user, path, query"
                        + " and fragment");
    }

    /**
     * A name whose last label is a number is an address to some resolvers ({@code 127.1}, {@code 0x7f.1}), so only the
     * usual spelling of one is taken.
     */
    private static boolean isHost(String host) {
        if (OutgoingAddresses.literal(host).isPresent()) {
            return true;
        }
        String last = host.substring(host.lastIndexOf('.') + 1);
        return !last.isEmpty()
                && !Character.isDigit(last.charAt(0))
                && (IdSyntax.isDomain(host) || IdSyntax.isRegion(host));
    }
}
