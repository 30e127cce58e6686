namespace HaoSuan.Payouts;

/// <summary>The words of payouts, as the pages say them.</summary>
internal static class PayoutWords
{
    public static string Of(PayoutStatus status) => status switch
    {
        PayoutStatus.Requested => "待审核",
        PayoutStatus.Approved => "付款中",
        PayoutStatus.Paid => "已到账",
        PayoutStatus.Rejected => "已驳回",
        PayoutStatus.Failed => "付款失败",
    };

    public static Tone ToneOf(PayoutStatus status) => status switch
    {
        PayoutStatus.Requested => Tone.Info,
        PayoutStatus.Approved => Tone.Warn,
        PayoutStatus.Paid => Tone.Good,
        PayoutStatus.Rejected or PayoutStatus.Failed => Tone.Bad,
    };

    public static string Of(PayoutMethod method) => method switch
    {
        PayoutMethod.Alipay => "支付宝",
        PayoutMethod.Bank => "银行卡",
    };
}
