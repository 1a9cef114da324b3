package io.countersign.registry.manifest;

import io.countersign.registry.Owner;
import io.countersign.signing.AccessKey;

/** An access key that apply made. Its secret can be shown now and never again. */
public record GeneratedKey(Owner owner, AccessKey accessKey) {}
