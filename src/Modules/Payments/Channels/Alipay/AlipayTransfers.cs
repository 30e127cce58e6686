using System.Text.Json;

namespace HaoSuan.Payments.Channels;

/// <summary>Transfers to Alipay accounts (alipay.fund.trans.uni.transfer). The real platform asks for certificate mode.</summary>
public sealed class AlipayTransfers(HttpClient http, AlipayOptions options, TimeProvider time) : ITransferChannel
{
    private const string Product = "TRANS_ACCOUNT_NO_PWD";
    private const string Scene = "DIRECT_TRANSFER";

    private readonly AlipayGateway _gateway = new(http, options, time);

    public string Name => "alipay";

    public async Task<TransferState> TransferAsync(TransferOrder transfer, CancellationToken cancel)
    {
        if (transfer.Amount <= Money.Zero) return new TransferState.Failed(new("AMOUNT", "The amount must be above zero"));
        var content = new
        {
            out_biz_no = transfer.OutBizNo.Value,
            trans_amount = transfer.Amount.ToString(),
            product_code = Product,
            biz_scene = Scene,
            order_title = transfer.Title,
            payee_info = new { identity = transfer.Account, identity_type = "ALIPAY_LOGON_ID", name = transfer.Name },
        };
        var reply = await _gateway.CallAsync("alipay.fund.trans.uni.transfer", content, null, cancel);
        if (reply.Answer is { } answer) return State(answer, transfer.OutBizNo) with { Proof = reply.Proof };
        if (!reply.IsNo) return new TransferState.Unknown(reply.Error);
        // A refusal of this request says nothing of an earlier one under the same number.
        var state = await QueryAsync(transfer.OutBizNo, cancel);
        return state is TransferState.NotFound ? new TransferState.Failed(reply.Error) : state;
    }

    public async Task<TransferState> QueryAsync(TradeNo outBizNo, CancellationToken cancel)
    {
        var content = new { out_biz_no = outBizNo.Value, product_code = Product, biz_scene = Scene };
        return await _gateway.CallAsync("alipay.fund.trans.common.query", content, null, cancel) switch
        {
            { Answer: { } answer, Proof: var proof } => State(answer, outBizNo) with { Proof = proof },
            { IsNo: true, Error.Code: "ORDER_NOT_EXIST" } => new TransferState.NotFound(),
            var reply => new TransferState.Unknown(reply.Error),
        };
    }

    private static TransferState State(JsonElement answer, TradeNo outBizNo)
    {
        if (answer.Text("out_biz_no") != outBizNo.Value) return new TransferState.Unknown(new("UNREADABLE", "another transfer"));
        var id = answer.Text("order_id") ?? "";
        return answer.Text("status") switch
        {
            "SUCCESS" => new TransferState.Paid(id, AlipayTime.Read(answer.Text("pay_date") ?? answer.Text("trans_date"))),
            "DEALING" or "WAIT_PAY" => new TransferState.Pending(id),
            "FAIL" or "CLOSED" or "REFUND" => new TransferState.Failed(
                new(answer.Text("error_code") ?? "FAIL", answer.Text("fail_reason") ?? "")),
            var other => new TransferState.Unknown(new("STATUS", other ?? "")),
        };
    }
}
