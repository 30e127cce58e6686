using System.Security.Cryptography;
using System.Text;
using HaoSuan.Payments.Channels;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Tests.Wires;

/// <summary>
/// Signatures and ciphertexts made outside this code, by OpenSSL 3.0 (<c>openssl dgst -sha256 -sign known-key.pem</c>) and
/// pyca/cryptography (AES-GCM). The key is made for this test and protects nothing.
/// </summary>
public sealed class KnownAnswerTests
{
    private const string RequestSignature =
        "orwzENdjwErSDd+d4m3g5MyzobZZ11Q0FMU0AZTuerLgw+DYUvdJCs/+qkVB+IGJezNAs0XoR8DKrvy6XN0eQOiHMB94GpG0WLaGlVSH1BceQSA0kJgHYGkZNBUGUzYywnrZluGo"
        + "kK1NfvrJ3xs4JXqRtOFXG2TI/bRvex7UFTTjQ1zMr0tZMPrfP+tDKzIGBunl3LMeX6ls7X92KdPPcYt4PvmBcm++p84a/sj3U7uQaQp6yMwbNMha6wfFFb53djp0d2Xqa9PQzXr7"
        + "QMFf5w1VTSdyPuXRto116x3Ba1X64yqefjjCeGOrbf9Q+MEAHhcaCjtQYy0shlZAZJBBhQ==";

    private const string AnswerSignature =
        "Fqx1qTNW5NXnPjlzR0UPZcVfVW4oYkXC+aSBVktg6+kpizvdGOEWDP/hKFZuDMo4hfnCViaALNan6VMkDPR05ymzSSVcdVTughFmJJON384bPI7ClMlhB1ohZTHUCy0/UsjZEFDx"
        + "Gp5Bi8I/Y+7gKr/GsurqV492SL2sR767AaNa1b8I2GiQNZZ57T2rKgwxdTQUSfHmoQfw+vYqDFVCm+BSog5l/gGah4+hSKoNSWliwLdJyxP3UGM8H4Kqg7/iUuKYxF99kgZx0xDf"
        + "BGgo5Y83HKfhMsz2kX5QPnUA2XOETpfFLHDjG39LDrKkMFii8Raayx5v6T3J32cDZnPHHg==";

    private const string HandOverSignature =
        "U38wJ3FtXGMm1+GsAyV9lnbmJAtPaf5Cr2tqFziwcOfD/xenSpwgKrrcNwguCtHl4cnddtvE/I0qLXcXsTAM1aLwNoM1XCsCcpzLGcX8o+6Nk7Dv8Xi9Jz8fxgOEWh4AV4rHnwRD"
        + "0O4AQcN4yAe2MpGa2xMHQFvld/hw1a3kyVmJ05O3uZSWXDq29dCgE35/m+pKjgtVJA9WMAoFqne4+7rE1CAV3J4fW2wSXNPpAecLgmY1rHEjyQ2urg1PEU848c44GvqGVJoNTzwd"
        + "0mUfWxReOjQcAfA6+M+nH3BbTFdckG90MZ0Z21YgDvLtOYOUvTdQDCQjzEbDNBnUKka3fw==";

    private const string AlipayRequestSignature =
        "UQMsSTRCxnhxxv+YEkS/73ecKZcZiBRGTK37ECjlaoA5ncpoNksq4Tnk6r1rk+MPOPTDVHNyUYMz4cUPlh17ceC0hzQgGW6j/C9gm76pYLNvOKi2I/wLJ/ob48MD/PkJKXDjRTp8"
        + "jiytLAykGGtgL1BuWNXwEpzYA5P3hkilaJUKm15fh4hBp9TAw6li73+Wj5+IIlKdj21hvxUlDk/Ijdr7RGmB+sRk25cK0q2ipfvSwsVOYEjlwcI38xc34HjY7qaNGhRNEp2YTy3V"
        + "nH7qYGKXZp5rb42If3rMhlF1F0wXd3CyDUyPfZ1kD6jetP4/HFXojJxYEZ+3PwPNKTewTw==";

    /// <summary>md5sum over the output of <c>openssl x509 -issuer -serial -nameopt RFC2253</c>, the serial in decimal.</summary>
    private const string CertificateNumber = "7963324dc6be89ffa321d3a0d386b188";

    private static readonly RSA Key = Load();

    private static RSA Load()
    {
        var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "known-key.pem")));
        return key;
    }

    [Fact]
    public void A_WeChat_request_is_signed_as_openssl_signs_it()
    {
        var body = Encoding.UTF8.GetBytes("""{"description":"号卡"}""");
        const string Nonce = "593BEC0C930BF1AFEB40B4A08C8FB242";
        var message = WeChatSignature.OfRequest("POST", "/v3/pay/transactions/native?a=1", "1772672400", Nonce, body);
        Assert.Equal(RequestSignature, WeChatSignature.Sign(Key, message));
    }

    [Fact]
    public void A_WeChat_answer_is_verified_as_openssl_signed_it()
    {
        var message = WeChatSignature.OfAnswer("1772672400", "EcZ9Cmy4Xyx1i6RlJQzLcCyEqDa26NBz", Encoding.UTF8.GetBytes("""{"id":"签"}"""));
        Assert.True(WeChatSignature.Holds(Key, message, AnswerSignature));
        Assert.False(WeChatSignature.Holds(Key, message, AnswerSignature.Replace("HHg==", "HHh==", StringComparison.Ordinal)));
        Assert.False(WeChatSignature.Holds(Key, message, AnswerSignature + " "));
        Assert.False(WeChatSignature.Holds(Key, message, ""));
    }

    [Fact]
    public void A_hand_over_is_signed_as_openssl_signs_it() => Assert.Equal(HandOverSignature, WeChatSignature.Sign(Key, WeChatSignature.OfHandOver(
        "wx8888888888888888", "1414561699", "5K8264ILTKCH16CQ2502SI8ZNMTM67VS", "prepay_id=wx201410272009395522657a690389285100")));

    [Fact]
    public void A_sealed_resource_opens_under_its_key_only()
    {
        var key = Encoding.ASCII.GetBytes("0123456789abcdef0123456789ABCDEF");
        const string Sealed = "GOVA60HxXxskgeSAUFcyrdaIPS22HjaEUdx4ZdRbw0J5KtENa97XJPLWurhDMOZg3VdAgvRee+kAyKxsRrLrxc/rUU7o";
        Assert.Equal("""{"out_trade_no":"HS20260305","trade_state":"SUCCESS"}""",
            Encoding.UTF8.GetString(WeChatCipher.Open(key, "Kj7QIyUiYx1q", "transaction", Sealed)!));
        Assert.Null(WeChatCipher.Open(key, "Kj7QIyUiYx1q", "refund", Sealed));
        Assert.Null(WeChatCipher.Open(key, "Kj7QIyUiYx1r", "transaction", Sealed));
        Assert.Null(WeChatCipher.Open(key, "short", "transaction", Sealed));
        Assert.Null(WeChatCipher.Open(key, "Kj7QIyUiYx1q", "transaction", "AAAA"));
        key[0] ^= 1;
        Assert.Null(WeChatCipher.Open(key, "Kj7QIyUiYx1q", "transaction", Sealed));
    }

    [Fact]
    public void An_Alipay_request_is_signed_as_openssl_signs_it()
    {
        var parameters = new Dictionary<string, string>
        {
            ["version"] = "1.0",
            ["timestamp"] = "2026-03-05 09:00:00",
            ["sign_type"] = "RSA2",
            ["notify_url"] = "",
            ["method"] = "alipay.trade.query",
            ["format"] = "JSON",
            ["charset"] = "utf-8",
            ["biz_content"] = """{"out_trade_no":"20150320010101001"}""",
            ["app_id"] = "2014072300007148",
            ["sign"] = "earlier",
        };
        Assert.Equal(AlipayRequestSignature, AlipaySignature.Sign(Key, AlipaySignature.OfRequest(parameters)));
    }

    [Theory]
    [InlineData("""{"a_response":{"code":"10000"},"sign":"S"}""", """{"code":"10000"}""", "S")]
    [InlineData("""{ "sign" : "S" , "a_response" :  { "x" : "\u53f7\/{}\"", "y":[1, {"sign":"no"}] } }""",
        """{ "x" : "\u53f7\/{}\"", "y":[1, {"sign":"no"}] }""", "S")]
    [InlineData("""{"a_response":{"a_response":{"code":"1"}},"alipay_cert_sn":"5","sign":"S"}""", """{"a_response":{"code":"1"}}""", "S")]
    [InlineData("""{"a_response":{"n":"号卡"}}""", """{"n":"号卡"}""", "")]
    public void What_Alipay_signed_is_cut_out_as_it_was_sent(string answer, string value, string signature)
    {
        Assert.True(AlipaySignature.Cut(Encoding.UTF8.GetBytes(answer), "a_response", out var cut, out var sign, out var number));
        Assert.Equal((value, signature), (Encoding.UTF8.GetString(cut), sign));
        Assert.Equal(answer.Contains("alipay_cert_sn", StringComparison.Ordinal) ? "5" : "", number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"b_response":{},"sign":"S"}""")]
    [InlineData("""{"a_response":{},"a_response":{"code":"10000"},"sign":"S"}""")]
    [InlineData("""{"a_response":{},"sign":"S"}{}""")]
    public void Where_it_is_not_clear_what_was_signed_nothing_is_cut(string answer) =>
        Assert.False(AlipaySignature.Cut(Encoding.UTF8.GetBytes(answer), "a_response", out _, out _, out _));

    [Fact]
    public void Certificates_are_numbered_as_Alipay_numbers_them()
    {
        var certificate = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "known-certificate.pem"));
        Assert.Equal(CertificateNumber, AlipaySignature.CertificateNumber(certificate));
        Assert.Equal($"{CertificateNumber}_{CertificateNumber}", AlipaySignature.RootNumber(certificate + "\n" + certificate));
    }

    [Fact]
    public void A_172_field_is_encrypted_as_openssl_encrypts_it()
    {
        var cipher = new Hao172Cipher("0123456789abcdef0123456789ABCDEF", "0123456789abcdef");
        Assert.Equal("1WeHfHhN1rv1at50fhfPNw==", cipher.Encrypt("HS202603050001"u8.ToArray()));
        Assert.Equal("HS202603050001"u8.ToArray(), cipher.Decrypt("1WeHfHhN1rv1at50fhfPNw=="));
        Assert.Null(cipher.Decrypt("1WeHfHhN1rv1at50fhfPNg=="));
        Assert.Null(cipher.Decrypt("no base64"));
    }

    [Fact]
    public void A_Haoyi_form_is_signed_by_md5_of_its_sorted_values_and_the_secret()
    {
        var form = new Dictionary<string, string>
        {
            ["up_status"] = "3",
            ["order_sn"] = "HY1",
            ["mark"] = "已发货",
            ["ext_order_sn"] = "HS202603050001",
            ["express_sn"] = "",
            ["first_recharge"] = "0",
            ["sign"] = "earlier",
        };
        Assert.Equal("7726d1873686e52841967f40c3e76adb", HaoyiForm.Sign(form, "s3cr3t"));
    }
}
