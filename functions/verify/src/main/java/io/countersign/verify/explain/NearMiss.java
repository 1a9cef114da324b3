package io.countersign.verify.explain;

import java.util.List;

/** A mistake that clients are known to make. What a client that made it would have signed is tried; that it fits explains a refusal, and never lifts it. */
sealed interface NearMiss
        permits AddedHeader,
                AddedParameter,
                AdditionalHeaders,
                FormDecodedContent,
                HeaderCharacters,
                KeyEncoding,
                LineEnds,
                OtherBucket,
                OtherContentMd5,
                OtherContentType,
                OtherDate,
                OtherHost,
                OtherRegion,
                OtherVerb,
                ParameterText,
                PayloadLine,
                PlusAndSpace,
                Slashes,
                SignatureText,
                UnsignedToken,
                WrongCopyOfSecret {
    /** What may have been signed, the likeliest first; none when this mistake cannot have been made here. Bounded whatever the request. */
    List<Variation> of(Failed failed);
}
