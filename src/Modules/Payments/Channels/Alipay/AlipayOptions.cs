namespace HaoSuan.Payments.Channels;

/// <summary>A merchant's application at Alipay. Keys are secrets: they are never logged and the record does not print them.</summary>
public sealed record AlipayOptions
{
    public Uri Gateway { get; init; } = new("https://openapi.alipay.com/gateway.do");

    public required string AppId { get; init; }

    /// <summary>The seller's 2088… number: notices for another are refused. Null: not looked at.</summary>
    public string? SellerId { get; init; }

    /// <summary>The application's RSA key.</summary>
    public required string AppKeyPem { get; init; }

    /// <summary>Alipay's public key, or its certificate (alipayCertPublicKey_RSA2.crt).</summary>
    public required string AlipayKeyPem { get; init; }

    /// <summary>Certificate mode, which transfers need: appCertPublicKey.crt and alipayRootCert.crt. Null: plain keys.</summary>
    public string? AppCertificatePem { get; init; }

    public string? RootCertificatesPem { get; init; }

    /// <summary>The agreed fee, with which the bills are compared. Null: they are not.</summary>
    public Bps? FeeRate { get; init; }

    public override string ToString() => $"Alipay application {AppId} at {Gateway}";
}
