package io.countersign.token.sts;

import static io.countersign.token.sts.Sts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.http.hostile.Sound;
import io.countersign.token.SampleAccounts;
import java.io.ByteArrayInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class FormatTest {
    private final Sts sts = new Sts();

    @ParameterizedTest
    @ValueSource(strings = {"XML", "xml"})
    void anAnswerInXmlHasTheActionsRoot(String format) throws Exception {
        Reply reply = sts.byAda(Rpc.assumeRole("app").with("Format", format));
        assertThat(reply.header("Content-Type")).contains("text/xml;charset=utf-8");
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(reply.body().toArray()))
                .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("AssumeRoleResponse");
        assertThat(text(root, "Arn")).isEqualTo("acs:ram::1234567890123456:role/app/phone");
        assertThat(text(root, "AccessKeyId")).startsWith("STS.");
        assertThat(text(root, "Expiration")).isEqualTo("2026-11-22T09:00:00Z");
        assertThat(text(root, "RequestId")).matches("[0-9A-F-]{36}");
        assertThat(root.getElementsByTagName("SecurityToken")
                        .item(0)
                        .getParentNode()
                        .getNodeName())
                .isEqualTo("Credentials");
    }

    @Test
    void aRefusalInXmlIsAnErrorDocument() {
        Reply reply = sts.ask(Rpc.assumeRole("app")
                .with("Format", "XML")
                .signed(SampleAccounts.ADA_KEY, "WrongSecret")
                .inForm());
        assertThat(reply.status()).isEqualTo(400);
        Element root = Sound.xml(reply);
        assertThat(text(root, "Code")).isEqualTo("SignatureDoesNotMatch");
        assertThat(text(root, "Message")).contains("POST&%2F&AccessKeyId%3D");
        assertThat(text(root, "HostId")).isNotBlank();
        assertThat(text(root, "Recommend")).endsWith("SignatureDoesNotMatch");
    }

    @Test
    void withoutAFormatTheAnswerIsJson() {
        Reply reply = sts.byAda(Rpc.of("GetCallerIdentity").without("Format"));
        assertThat(reply.header("Content-Type")).contains("application/json;charset=utf-8");
        assertThat(SampleAccounts.member(reply, "IdentityType")).contains("RAMUser");
    }

    @Test
    void anotherFormatIsRefused() {
        refused(
                sts.byAda(Rpc.of("GetCallerIdentity").with("Format", "YAML")),
                400,
                "InvalidParameter.Format",
                "Specified parameter Format is not valid. Use JSON or XML.");
    }

    private static String text(Element root, String name) {
        assertThat(root.getElementsByTagName(name).getLength()).as(name).isEqualTo(1);
        return root.getElementsByTagName(name).item(0).getTextContent();
    }
}
