package io.countersign.gateway.storage;

import io.countersign.oss.PercentEncoding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** GetBucket in its first and second version: prefix, delimiter, pages. */
final class Listing {
    private final Exchange exchange;
    private final String prefix;
    private final String delimiter;
    private final boolean second;
    private final boolean encoded;

    Listing(Exchange exchange) {
        this.exchange = exchange;
        this.prefix = exchange.parameter("prefix", "");
        this.delimiter = exchange.parameter("delimiter", "");
        this.second = exchange.parameter("list-type", "").equals("2");
        this.encoded = exchange.parameter("encoding-type", "").equals("url");
    }

    String xml(NavigableMap<String, StoredObject> objects) {
        int max = Integer.parseInt(exchange.parameter("max-keys", "100"));
        Map<String, Optional<StoredObject>> page = new LinkedHashMap<>();
        String last = "";
        boolean truncated = false;
        for (var entry : objects.tailMap(after(), false).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                continue;
            }
            String name = grouped(entry.getKey());
            boolean isGroup =
                    name.length() < entry.getKey().length() || !delimiter.isEmpty() && name.endsWith(delimiter);
            if (page.containsKey(name) || isGroup && name.compareTo(after()) <= 0) {
                continue;
            }
            if (page.size() == max) {
                truncated = true;
                break;
            }
            page.put(name, isGroup ? Optional.empty() : Optional.of(entry.getValue()));
            last = name;
        }
        return write(page, max, truncated ? last : "");
    }

    private String after() {
        if (!second) {
            return exchange.parameter("marker", "");
        }
        return exchange.parameter("continuation-token", exchange.parameter("start-after", ""));
    }

    /** The key, or the group that it falls into. */
    private String grouped(String key) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        return end < 0 ? key : key.substring(0, end + delimiter.length());
    }

    private String write(Map<String, Optional<StoredObject>> page, int max, String next) {
        Xml xml = Xml.root("ListBucketResult")
                .element("Name", exchange.bucket())
                .element("Prefix", text(prefix))
                .element("MaxKeys", max)
                .element("Delimiter", text(delimiter))
                .element("IsTruncated", !next.isEmpty());
        if (encoded) {
            xml.element("EncodingType", "url");
        }
        if (second) {
            xml.element("KeyCount", page.size());
        } else {
            xml.element("Marker", text(after()));
        }
        if (!next.isEmpty()) {
            xml.element(second ? "NextContinuationToken" : "NextMarker", text(next));
        }
        page.forEach((name, object) -> {
            if (object.isPresent()) {
                contents(xml, name, object.get());
            } else {
                xml.open("CommonPrefixes").element("Prefix", text(name)).close("CommonPrefixes");
            }
        });
        return xml.end();
    }

    private void contents(Xml xml, String key, StoredObject object) {
        xml.open("Contents")
                .element("Key", text(key))
                .element("LastModified", Moments.iso(object.modified()))
                .element("ETag", "\"" + object.etag() + "\"")
                .element("Type", "Normal")
                .element("Size", object.content().length)
                .element("StorageClass", "Standard")
                .open("Owner")
                .element("ID", "1")
                .element("DisplayName", "1")
                .close("Owner")
                .close("Contents");
    }

    private String text(String value) {
        return encoded ? PercentEncoding.encode(value) : value;
    }
}
