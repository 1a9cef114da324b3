package io.countersign.oss;

/** What an operation works on. */
public enum Level {
    SERVICE,
    BUCKET,
    OBJECT;

    static Level of(Target target) {
        return switch (target) {
            case Target.Service service -> SERVICE;
            case Target.Bucket bucket -> BUCKET;
            case Target.ObjectKey object -> OBJECT;
        };
    }
}
