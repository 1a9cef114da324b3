package io.countersign.presign;

import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.oss.QueryParameter;
import io.countersign.policy.IpRange;
import java.util.List;
import java.util.Optional;

/**
 * Where a URL may be used from: the member {@code sourceIp}. It becomes OSS's signed parameters {@code x-oss-ac-source-ip} and {@code x-oss-ac-subnet-mask} (help.aliyun.com,
 * "Add signatures to URLs"), which every deciding endpoint enforces.
 */
public sealed interface SourceBound {
    /** The address that the request for the URL comes from. */
    record Caller() implements SourceBound {}

    /**
     * An address or a block.
     *
     * @param bits of a block, in decimals; empty for one address
     */
    record Block(String address, Optional<String> bits) implements SourceBound {}

    /** @throws InvalidDocumentException when the member is neither {@code caller} nor an address or block */
    static Optional<SourceBound> read(Members members) throws InvalidDocumentException {
        Optional<Value> value = members.optional("sourceIp");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String text = Members.string(value.get());
        if (text.equals("caller")) {
            return Optional.of(new Caller());
        }
        if (IpRange.parse(text).isEmpty()) {
            throw new InvalidDocumentException(
                    value.get().at(),
                    "expected \"caller\", an address, or a block without bits after its prefix, such as 192.0.2.0/24");
        }
        int slash = text.indexOf('/');
        return Optional.of(
                slash < 0
                        ? new Block(text, Optional.empty())
                        : new Block(text.substring(0, slash), Optional.of(text.substring(slash + 1))));
    }

    /** @throws SigningRefusal InvalidArgument when the URL is for its caller, whose address is unknown */
    default List<QueryParameter> parameters(Optional<ClientContext> client) throws SigningRefusal {
        return switch (this) {
            case Caller caller ->
                List.of(
                        address(
                                client.flatMap(known -> known.client().address())
                                        .orElseThrow(
                                                () -> new SigningRefusal(
                                                        SigningRefusal.Code.INVALID_ARGUMENT,
                                                        "The caller's address is not known here, so no URL can be bound to it; name an address or a block as sourceIp."))));
            case Block(String address, Optional<String> bits) ->
                bits.isEmpty()
                        ? List.of(address(address))
                        : List.of(address(address), QueryParameter.of("x-oss-ac-subnet-mask", bits.get()));
        };
    }

    private static QueryParameter address(String address) {
        return QueryParameter.of("x-oss-ac-source-ip", address);
    }
}
