package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import java.util.List;

/**
 * What a registry should hold. Checked in itself: every member is known and well formed, names stand once where they must, a bucket's signer
 * and a provider's default role exist beside them. Whether it fits a registry is found when it is applied.
 */
public record Manifest(List<ManifestAccount> accounts) {
    /** Characters of a manifest at most. */
    public static final int MAX_LENGTH = 4 * 1024 * 1024;

    public Manifest {
        accounts = List.copyOf(accounts);
    }

    /**
     * Reads a manifest in YAML; JSON is YAML. Anchors, aliases and tags are refused, so that the text is as long as what it says.
     *
     * @throws InvalidDocumentException naming the line and the member of the first thing that is wrong
     */
    public static Manifest parse(String text) throws InvalidDocumentException {
        Manifest manifest = ManifestReader.read(YamlText.value(text));
        ManifestCheck.check(manifest);
        return manifest;
    }
}
