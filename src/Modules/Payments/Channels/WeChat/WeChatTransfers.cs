using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Payments.Channels;

/// <summary>
/// Transfers to WeChat wallets (商家转账, /v3/fund-app/mch-transfer/transfer-bills): the payee confirms in WeChat before the money moves. The
/// payee's name travels sealed under the platform's key; it must be told from 2000 yuan on, and may not below 0.30.
/// </summary>
public sealed class WeChatTransfers : ITransferChannel
{
    private const string Path = "v3/fund-app/mch-transfer/transfer-bills";
    private const int LongestTitle = 32;

    private static readonly Money LeastForName = new(30);

    private readonly WeChatPayOptions _options;
    private readonly string _scene;
    private readonly WeChatLine _line;
    private readonly PlatformKeys _keys;

    public WeChatTransfers(HttpClient http, WeChatPayOptions options, TimeProvider time)
    {
        _options = options;
        _scene = options.TransferScene ?? throw new ArgumentException("Without an agreed scene WeChat Pay takes no transfers.", nameof(options));
        _line = new(http, http, options, time);
        _keys = new(_line, options, time);
    }

    public string Name => "wechat";

    public async Task<TransferState> TransferAsync(TransferOrder transfer, CancellationToken cancel)
    {
        if (transfer.Amount <= Money.Zero) return new TransferState.Failed(new("PARAM_ERROR", "The amount must be above zero"));
        if (await _keys.ForSealingAsync(cancel) is not var (serial, key)) return new TransferState.Unknown(new("NO_PLATFORM_KEY", "Nothing was asked"));
        var content = new
        {
            appid = _options.AppId,
            out_bill_no = transfer.OutBizNo.Value,
            transfer_scene_id = _scene,
            openid = transfer.Account,
            user_name = transfer.Amount < LeastForName ? null : Seal(key, transfer.Name),
            transfer_amount = transfer.Amount.Minor,
            notify_url = transfer.NotifyUrl?.AbsoluteUri,
            transfer_remark = transfer.Title.Length > LongestTitle ? transfer.Title[..LongestTitle] : transfer.Title,
            transfer_scene_report_infos = new[]
            {
                new { info_type = "岗位类型", info_content = "推广员" },
                new { info_type = "报酬说明", info_content = transfer.Title },
            },
        };
        return await WeChatCalls.SendAsync(_line, _keys, HttpMethod.Post, Path, content, serial, cancel) switch
        {
            { Answer: { } answer, Proof: var proof } => State(answer, transfer.OutBizNo) with { Proof = proof },
            // A refusal of this request says nothing of an earlier one under the same number.
            { IsNo: true, Error: var error } => await QueryAsync(transfer.OutBizNo, cancel) is var state
                && state is TransferState.NotFound ? new TransferState.Failed(error) : state,
            var reply => new TransferState.Unknown(reply.Error),
        };
    }

    public async Task<TransferState> QueryAsync(TradeNo outBizNo, CancellationToken cancel) =>
        await WeChatCalls.SendAsync(_line, _keys, HttpMethod.Get, $"{Path}/out-bill-no/{outBizNo}", null, null, cancel) switch
        {
            { Answer: { } answer, Proof: var proof } => State(answer, outBizNo) with { Proof = proof },
            { IsNo: true, Error.Code: "NOT_FOUND" or "RESOURCE_NOT_EXISTS" } => new TransferState.NotFound(),
            var reply => new TransferState.Unknown(reply.Error),
        };

    private TransferState State(JsonElement bill, TradeNo outBizNo)
    {
        if (bill.Text("out_bill_no") != outBizNo.Value) return new TransferState.Unknown(new("UNREADABLE", "another transfer"));
        var id = bill.Text("transfer_bill_no") ?? "";
        return bill.Text("state") switch
        {
            "SUCCESS" => new TransferState.Paid(id, bill.Moment("update_time")),
            "ACCEPTED" or "PROCESSING" or "TRANSFERING" or "CANCELING" => new TransferState.Pending(id),
            "WAIT_USER_CONFIRM" => new TransferState.Pending(
                id, bill.Text("package_info", out var package) ? new(_options.MerchantId, _options.AppId, package) : null),
            "FAIL" or "CANCELLED" => new TransferState.Failed(new(bill.Text("fail_reason") ?? bill.Text("state")!, "")),
            var other => new TransferState.Unknown(new("STATE", other ?? "")),
        };
    }

    [SuppressMessage("Security", "CA5350", Justification = "The platform's choice: RSA-OAEP with SHA-1")]
    private static string Seal(RSA key, string text) => Convert.ToBase64String(key.Encrypt(Encoding.UTF8.GetBytes(text), RSAEncryptionPadding.OaepSHA1));
}
