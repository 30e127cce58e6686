using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using HaoSuan.Settling;

namespace HaoSuan.Upstreams.Wire;

/// <summary>The signature of this shape and the meaning of its fields.</summary>
internal static class HaoyiForm
{
    private static readonly string[] Names =
    [
        "order_sn", "ext_order_sn", "up_status", "number", "mark", "express_name", "express_sn", "first_recharge", "activated_at",
        "status_at", "shipped_at", "settlement_method", "settlement", "settlement_at", "iccid", "recharges", "stops", "service_months",
        "asked", "withdraw_status", "withdraw_mark",
    ];

    /// <summary>
    /// md5 over k=v, sorted by name and joined by nothing, and the secret. Empty values and "0" are left out, as PHP's array_filter
    /// leaves them out at the other side.
    /// </summary>
    [SuppressMessage("Security", "CA5351", Justification = "The upstream's protocol")]
    public static string Sign(IEnumerable<KeyValuePair<string, string>> values, string secret)
    {
        var signed = values.Where(v => v.Key != "sign" && v.Value is not ("" or "0")).OrderBy(v => v.Key, StringComparer.Ordinal);
        var text = string.Concat(signed.Select(v => $"{v.Key}={v.Value}")) + secret;
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public static bool Holds(Dictionary<string, string> values, string secret) =>
        values.TryGetValue("sign", out var sign) && !values.Any(RunsOn)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sign), Encoding.UTF8.GetBytes(Sign(values, secret)));

    // Joined by nothing, "mark=x" and "number=1" sign as one "mark=xnumber=1" does: a value that swallows the next field is a forgery.
    private static bool RunsOn(KeyValuePair<string, string> value) =>
        Names.Any(name => value.Value.Contains(name + "=", StringComparison.Ordinal));

    public static Snapshot? Read(Dictionary<string, string> values)
    {
        string? Text(string name) => values.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
        if (Text("ext_order_sn") is not { } orderNo || Text("order_sn") is not { } upstreamNo
            || Text("up_status") is not { } status)
        {
            return null;
        }
        var topUps = Histories.TopUps(Reading.Parse(Text("recharges")));
        if (topUps.Count == 0 && Reading.Yuan(Text("first_recharge")) is { } first) topUps = [new(1, first, null)];
        return new(orderNo, upstreamNo)
        {
            Status = Fact(status),
            StrangeStatus = Fact(status) is null ? status : null,
            StatusAt = Reading.Local(Text("status_at")),
            ShippedAt = Reading.Local(Text("shipped_at")),
            ActivatedAt = Reading.Local(Text("activated_at")),
            Settlement = Settled(Text("settlement")),
            SettlementAt = Reading.Local(Text("settlement_at")),
            Phone = Text("number"),
            Iccid = Text("iccid"),
            Courier = Text("express_name"),
            TrackingNo = Text("express_sn"),
            Remark = Text("mark"),
            TopUps = topUps,
            Stops = Histories.Stops(Reading.Parse(Text("stops"))),
            Months = Histories.Months(Reading.Parse(Text("service_months"))),
        };
    }

    /// <summary>开卡中 1, 已发货 3, 待激活 4, 待上传证件 5 and 11, 开卡失败 6, 已激活 8, 已取消 10.</summary>
    private static string? Fact(string status) => status switch
    {
        "0" => "submitted",
        "1" => "accepted",
        "3" or "4" => "shipped",
        "5" or "11" => "documents_wanted",
        "6" => "rejected",
        "8" => FactKind.Activated,
        "10" => FactKind.Cancelled,
        _ => null,
    };

    /// <summary>已结算 2, 结算失败 4, 已撤回结算 5; 未结算 1 and 待结算 3 tell nothing.</summary>
    private static string? Settled(string? settlement) => settlement switch
    {
        "2" => FactKind.UpstreamConfirmed,
        "4" => "upstream_rejected",
        "5" => "upstream_recalled",
        _ => null,
    };
}
