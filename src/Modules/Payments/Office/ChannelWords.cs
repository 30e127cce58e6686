namespace HaoSuan.Payments;

/// <summary>Channels, vouchers and the check of days in words.</summary>
internal static class ChannelWords
{
    public static string Of(string channel) => channel switch
    {
        "wechat" => "微信支付",
        "alipay" => "支付宝",
        "bank" => "银行",
        _ => channel,
    };

    public static string Of(DayState state) => state switch
    {
        DayState.Waiting => "等待账单",
        DayState.Quiet => "无交易",
        DayState.Even => "已对平",
        DayState.Differs => "有差异",
    };

    public static Tone ToneOf(DayState state) => state switch
    {
        DayState.Waiting => Tone.Info,
        DayState.Quiet => Tone.Neutral,
        DayState.Even => Tone.Good,
        DayState.Differs => Tone.Bad,
    };

    public static string Of(VoucherKind kind) => kind switch
    {
        VoucherKind.Payment => "收款",
        VoucherKind.Refund => "退款",
        VoucherKind.Transfer => "付款",
    };

    /// <summary>What our own number of the movement is called.</summary>
    public static string NumberOf(VoucherKind kind) => kind switch
    {
        VoucherKind.Payment => "支付单号",
        VoucherKind.Refund => "退款单号",
        VoucherKind.Transfer => "付款参考号",
    };

    public static Tone ToneOf(VoucherKind kind) => kind switch
    {
        VoucherKind.Payment => Tone.Good,
        VoucherKind.Refund => Tone.Warn,
        VoucherKind.Transfer => Tone.Info,
    };

    public static string Of(RefundStatus status) => status switch
    {
        RefundStatus.Requested => "退款中",
        RefundStatus.Done => "已退款",
        RefundStatus.Failed => "渠道拒绝",
    };

    public static Tone ToneOf(RefundStatus status) => status switch
    {
        RefundStatus.Requested => Tone.Info,
        RefundStatus.Done => Tone.Good,
        RefundStatus.Failed => Tone.Bad,
    };

    public static string Of(DisputeDecision? decision) => decision is not { } decided ? "待决定" : decided switch
    {
        DisputeDecision.Accept => "收作货款",
        DisputeDecision.GiveBack => "全部退回",
        DisputeDecision.Keep => "暂时挂账",
    };

    public static Tone ToneOf(DisputeDecision? decision) => decision is not { } decided ? Tone.Bad : decided switch
    {
        DisputeDecision.Keep => Tone.Warn,
        DisputeDecision.Accept or DisputeDecision.GiveBack => Tone.Good,
    };

    public static string Of(BillLineType type) => type switch
    {
        BillLineType.Payment => "收款",
        BillLineType.Refund => "退款",
        BillLineType.Fee => "手续费",
        BillLineType.Other => "其他",
    };

    public static string Of(DayDifference difference) => difference switch
    {
        DayDifference.NotWithUs => "渠道有，我方无",
        DayDifference.NotInBill => "我方有，渠道无",
        DayDifference.AmountDiffers => "金额不符",
        DayDifference.OtherDay => "跨日",
        DayDifference.FeeDiffers => "手续费不符",
        DayDifference.LedgerDiffers => "总账不符",
    };

    /// <summary>What it may be, and what to do about it.</summary>
    public static string HintOf(DayDifference difference) => difference switch
    {
        DayDifference.NotWithUs => "渠道账单里有这笔，我方没有凭证：可能通知未到（系统会继续查询），或同一商户号被其他系统使用。请到商户后台核对。",
        DayDifference.NotInBill => "我方有凭证，渠道账单里没有：请到商户后台核对这笔的实际结果。",
        DayDifference.AmountDiffers => "两边都有，金额不同：可能用了商家承担的优惠券，或金额被改动。请核对原始报文。",
        DayDifference.OtherDay => "两边都有，记在不同的日子（常见于零点前后的退款），两天合计相符，不需要处理。",
        DayDifference.FeeDiffers => "渠道收取的手续费与约定费率算出的不同：请核对签约费率。",
        DayDifference.LedgerDiffers => "总账里渠道账户的变动与凭证不同：请核对这笔分录。",
    };

    public static string OfNotice(string? code) => code switch
    {
        "payments.notify_other_merchant" => "商户号或应用号不是我方的",
        "payments.unknown_number" => "单号不是我方的",
        "payments.signature_wrong" or "payments.signature_missing" or "payments.signature_serial" => "签名不对",
        "payments.signature_stale" => "时间过久",
        _ => "无法读取",
    };

    public static string? TroubleOf(string? code) => code switch
    {
        null => null,
        "payments.bill_missing" => "渠道说这一天还没有账单",
        "payments.bill_unavailable" => "渠道没有回应",
        "payments.bill_altered" => "下载的文件与渠道给的校验值不符",
        "payments.no_such_channel" => "没有这个渠道的商户密钥",
        _ => "下载的文件无法按账单读取",
    };
}
