package io.countersign.gateway.cli;

import java.util.ArrayList;
import java.util.List;

/** One exchange of each kind with each face of a {@link HostileGateway}, as it is sent when nothing is wrong with it. */
final class SoundExchanges {
    private static final String CLOSE = "Connection: close\r\n";

    private SoundExchanges() {}

    static List<String> all() {
        String url = "http://localhost" + HostileGateway.presigned();
        String genuine = "{\"method\":\"GET\",\"url\":\"" + url + "\"}";
        String forged = genuine.replace("team/a", "team/b");
        String anonymous = "{\"method\":\"GET\",\"url\":\"http://localhost/private-bucket/team/a\"}";
        List<String> exchanges = new ArrayList<>();
        for (String body : List.of(genuine, forged, anonymous)) {
            exchanges.add(json("POST /verify", "", body));
        }
        exchanges.add("POST /verify HTTP/1.1\r\nHost: localhost\r\n" + CLOSE
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(genuine.length()) + "\r\n" + genuine + "\r\n0\r\n\r\n");
        exchanges.add(auth(HostileGateway.presigned(), ""));
        exchanges.add(auth(HostileGateway.presigned().replace("team/a", "team/b"), ""));
        exchanges.add(auth("/private-bucket/team/a", "Content-Length: 5\r\n") + "abcde");
        exchanges.add(json(
                "POST /presign",
                "Authorization: Bearer e30.e30.AAAA\r\n",
                "{\"bucket\":\"private-bucket\",\"key\":\"a\"}"));
        exchanges.add("GET /token?access_token=e30.e30.AAAA HTTP/1.1\r\nHost: h\r\n" + CLOSE + "\r\n");
        exchanges.add("POST / HTTP/1.1\r\nHost: h\r\n" + CLOSE
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 45\r\n\r\n"
                + "Action=GetCallerIdentity&AccessKeyId=LTAI5tWi");
        exchanges.add(json(
                "PUT /acl",
                "",
                "{\"bucket\":\"" + HostileGateway.OTHER_BUCKET + "\",\"key\":\"a\",\"acl\":\"private\"}"));
        exchanges.add("GET /health HTTP/1.1\r\nHost: h\r\n" + CLOSE + "\r\n");
        exchanges.add("GET /health HTTP/1.1\r\nHost: h\r\n\r\n" + auth("/private-bucket/team/a", "")
                + "HEAD /health HTTP/1.0\r\n\r\n");
        return List.copyOf(exchanges);
    }

    private static String json(String line, String headers, String body) {
        return line + " HTTP/1.1\r\nHost: localhost\r\n" + CLOSE + headers
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String auth(String target, String headers) {
        return "GET /auth HTTP/1.1\r\nHost: h\r\n" + CLOSE + "X-Original-Method: GET\r\nX-Original-URI: " + target
                + "\r\nX-Original-Host: localhost\r\n" + headers + "\r\n";
    }
}
