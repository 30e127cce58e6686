using System.Security.Cryptography;
using System.Text.Json;
using HaoSuan.Sandbox.Alipay;

namespace HaoSuan.Sandbox.WeChat;

internal sealed class WeChatTransfer
{
    public required string OutBillNo { get; init; }
    public required long Amount { get; init; }
    public required string Payee { get; init; }

    /// <summary>As it was unsealed.</summary>
    public required string? Name { get; init; }
    public required Instant AskedAt { get; init; }

    /// <summary>Where the merchant wants to be told.</summary>
    public required string NotifyUrl { get; init; }

    public string BillNo { get; } = "1330" + RandomNumberGenerator.GetString("0123456789", 24);
    public string State { get; set; } = "WAIT_USER_CONFIRM";
    public required Instant MovedAt { get; set; }
}

/// <summary>Transfers from the merchant's account to WeChat wallets, and the rules about them.</summary>
internal sealed class WeChatTransferBooks(WeChatPlatform platform, WeChatNotices notices, TimeProvider time)
{
    private const long NameFrom = 2000_00;
    private const long NoNameBelow = 30;

    private readonly Dictionary<string, WeChatTransfer> _transfers = new(StringComparer.Ordinal);

    public TransferEnding Ending { get; set; }

    public IEnumerable<WeChatTransfer> All => _transfers.Values;

    /// <param name="serial">The key under which the name is sealed.</param>
    public Answer Transfer(JsonElement content, string serial)
    {
        var (number, amount, name) = (content.Text("out_bill_no"), content.Number("transfer_amount"), content.Text("user_name"));
        if (content.Text("appid") != platform.Keys.WeChatAppId || number.Length is 0 or > 32 || !number.All(char.IsAsciiLetterOrDigit) || amount <= 0
            || content.Text("openid").Length == 0 || content.Text("transfer_remark").Length is 0 or > 32 || content.Text("transfer_scene_id").Length == 0)
        {
            return Answer.No(400, "PARAM_ERROR", "参数不正确");
        }
        if (content.At("transfer_scene_report_infos") is not { ValueKind: JsonValueKind.Array } infos || infos.GetArrayLength() == 0)
            return Answer.No(400, "PARAM_ERROR", "需传入转账场景报备信息，请检查");
        if (name.Length == 0 ? amount >= NameFrom : amount < NoNameBelow) return Answer.No(400, "PARAM_ERROR", "收款用户姓名不符合要求");
        var clear = name.Length == 0 ? null : platform.Unseal(serial, name);
        if (name.Length > 0 && clear is null) return Answer.No(400, "PARAM_ERROR", "收款用户姓名解密失败");
        if (_transfers.GetValueOrDefault(number) is { } known)
        {
            return known.Amount == amount && known.Payee == content.Text("openid") && known.Name == clear
                ? Answer.Ok(Describe(known)) : Answer.No(400, "INVALID_REQUEST", "同一商户单号的请求参数不一致");
        }
        if (Ending == TransferEnding.Refuse) return Answer.No(403, "NOT_ENOUGH", "商户账户余额不足");
        var transfer = _transfers[number] = new()
        {
            OutBillNo = number,
            Amount = amount,
            Payee = content.Text("openid"),
            Name = clear,
            AskedAt = time.Now,
            NotifyUrl = content.Text("notify_url"),
            MovedAt = time.Now,
        };
        if (Ending == TransferEnding.Succeed) End(number, success: true);
        return Answer.Ok(Describe(transfer));
    }

    public Answer Query(string number) =>
        _transfers.GetValueOrDefault(number) is { } transfer ? Answer.Ok(Describe(transfer)) : Answer.No(404, "NOT_FOUND", "记录不存在");

    public bool End(string number, bool success)
    {
        if (_transfers.GetValueOrDefault(number) is not { State: "WAIT_USER_CONFIRM" } transfer) return false;
        (transfer.State, transfer.MovedAt) = (success ? "SUCCESS" : "FAIL", time.Now);
        notices.Transferred(transfer);
        return true;
    }

    private object Describe(WeChatTransfer transfer) => new
    {
        mch_id = platform.Keys.WeChatMerchantId,
        out_bill_no = transfer.OutBillNo,
        transfer_bill_no = transfer.BillNo,
        appid = platform.Keys.WeChatAppId,
        state = transfer.State,
        transfer_amount = transfer.Amount,
        openid = transfer.Payee,
        package_info = transfer.State == "WAIT_USER_CONFIRM" ? $"package-{transfer.BillNo}" : null,
        fail_reason = transfer.State == "FAIL" ? "PAYEE_ACCOUNT_ABNORMAL" : null,
        create_time = Zone.Shanghai.Format(transfer.AskedAt),
        update_time = Zone.Shanghai.Format(transfer.MovedAt),
    };
}
