using System.Security.Cryptography;
using System.Text.Json;

namespace HaoSuan.Sandbox.Alipay;

/// <summary>How transfers end from now on.</summary>
public enum TransferEnding
{
    Succeed,

    /// <summary>Said no at once: no such payee.</summary>
    Refuse,

    /// <summary>On its way until the control ends it.</summary>
    Pend,
}

internal sealed class AlipayTransfer
{
    public required string OutBizNo { get; init; }
    public required Money Amount { get; init; }
    public required string Payee { get; init; }
    public required Instant AskedAt { get; init; }
    public string OrderId { get; } = "2026" + RandomNumberGenerator.GetString("0123456789", 28);
    public string Status { get; set; } = "DEALING";
    public Instant? EndedAt { get; set; }
}

/// <summary>Transfers from the merchant's account to payees.</summary>
internal sealed class AlipayTransferBooks(TimeProvider time)
{
    private readonly Dictionary<string, AlipayTransfer> _transfers = new(StringComparer.Ordinal);

    public TransferEnding Ending { get; set; }

    public IEnumerable<AlipayTransfer> All => _transfers.Values;

    public Answer Transfer(JsonElement content)
    {
        var (number, payee) = (content.Text("out_biz_no"), content.At("payee_info"));
        if (number.Length is 0 or > 64 || !AlipayBooks.Yuan(content.Text("trans_amount"), out var amount)
            || content.Text("product_code") != "TRANS_ACCOUNT_NO_PWD" || content.Text("order_title").Length == 0
            || payee.Text("identity").Length == 0 || payee.Text("identity_type") != "ALIPAY_LOGON_ID" || payee.Text("name").Length == 0)
        {
            return Answer.No("INVALID_PARAMETER");
        }
        var whom = payee.Text("identity") + "\n" + payee.Text("name");
        if (_transfers.GetValueOrDefault(number) is { } known)
        {
            return known.Amount == amount && known.Payee == whom ? Describe(known, "trans_date") : Answer.No("INVALID_PARAMETER");
        }
        if (Ending == TransferEnding.Refuse) return Answer.No("PAYEE_NOT_EXIST");
        var transfer = _transfers[number] = new() { OutBizNo = number, Amount = amount, Payee = whom, AskedAt = time.Now };
        if (Ending == TransferEnding.Succeed) End(number, success: true);
        return Describe(transfer, "trans_date");
    }

    public Answer Query(JsonElement content) =>
        _transfers.GetValueOrDefault(content.Text("out_biz_no")) is { } transfer
            ? Describe(transfer, "pay_date")
            : Answer.No("ORDER_NOT_EXIST");

    public bool End(string outBizNo, bool success)
    {
        if (_transfers.GetValueOrDefault(outBizNo) is not { Status: "DEALING" } transfer) return false;
        (transfer.Status, transfer.EndedAt) = (success ? "SUCCESS" : "FAIL", time.Now);
        return true;
    }

    private static Answer Describe(AlipayTransfer transfer, string dateName)
    {
        var answer = new Dictionary<string, string>
        {
            ["out_biz_no"] = transfer.OutBizNo,
            ["order_id"] = transfer.OrderId,
            ["trans_amount"] = transfer.Amount.ToString(),
            ["status"] = transfer.Status,
        };
        if (transfer is { Status: "SUCCESS", EndedAt: { } at }) answer[dateName] = AlipayPlatform.Local(at);
        if (transfer.Status == "FAIL") (answer["error_code"], answer["fail_reason"]) = ("PAYEE_ACCOUNT_STATUS_ERROR", "收款方账户异常");
        return Answer.Ok(answer);
    }
}
