using HaoSuan.Payments.Channels;

namespace HaoSuan.Payouts;

/// <summary>The words of payouts, as the pages say them.</summary>
internal static class PayoutWords
{
    /// <summary>What the payee reads beside the amount.</summary>
    public const string Remark = "推广服务费";

    public static string Of(PayoutStatus status) => status switch
    {
        PayoutStatus.Requested => "待审核",
        PayoutStatus.Checked => "待复核",
        PayoutStatus.Approved => "待付款",
        PayoutStatus.Paid => "已到账",
        PayoutStatus.Rejected => "已驳回",
        PayoutStatus.Failed => "付款失败",
    };

    public static string Of(PayoutStatus status, bool isSent) => status == PayoutStatus.Approved && isSent ? "付款中" : Of(status);

    public static Tone ToneOf(PayoutStatus status) => status switch
    {
        PayoutStatus.Requested or PayoutStatus.Checked => Tone.Info,
        PayoutStatus.Approved => Tone.Warn,
        PayoutStatus.Paid => Tone.Good,
        PayoutStatus.Rejected or PayoutStatus.Failed => Tone.Bad,
    };

    public static string Of(PayoutMethod method) => method switch
    {
        PayoutMethod.Alipay => "支付宝",
        PayoutMethod.Bank => "银行卡",
        PayoutMethod.WeChat => "微信零钱",
    };

    /// <summary>The channel that a way of being paid goes by; of the bank the one that its vouchers name.</summary>
    public static string ChannelOf(PayoutMethod method) => method switch
    {
        PayoutMethod.Alipay => "alipay",
        PayoutMethod.Bank => "bank",
        PayoutMethod.WeChat => "wechat",
    };

    public static string Of(ResultOutcome outcome) => outcome switch
    {
        ResultOutcome.Paid => "已付款",
        ResultOutcome.Failed => "付款失败",
        ResultOutcome.Known => "此前已登记",
        ResultOutcome.Unknown => "本批次没有这一笔",
        ResultOutcome.Contradicts => "与已登记的结果不符",
    };

    public static Tone ToneOf(ResultOutcome outcome) => outcome switch
    {
        ResultOutcome.Paid => Tone.Good,
        ResultOutcome.Failed => Tone.Warn,
        ResultOutcome.Known => Tone.Neutral,
        ResultOutcome.Unknown or ResultOutcome.Contradicts => Tone.Bad,
    };

    /// <summary>What a policy says, a sentence for each rule.</summary>
    public static IEnumerable<string> Of(PayoutPolicy policy)
    {
        yield return policy.Most > Money.Zero
            ? $"每笔 {YuanText.Of(policy.Least)} 至 {YuanText.Of(policy.Most)}{(policy.Splits ? "，超过的自动分成几笔" : "")}"
            : $"每次至少 {YuanText.Of(policy.Least)}";
        if (policy.MostPerMonth > Money.Zero) yield return $"每月最多 {YuanText.Of(policy.MostPerMonth)}";
        yield return FeeOf(policy);
        if (policy.Deposit > Money.Zero) yield return $"账户须保留保证金 {YuanText.Of(policy.Deposit)}";
        if (policy.CoolDownDays > 0) yield return $"两次申请至少相隔 {policy.CoolDownDays} 天";
        if (policy.OneOpen) yield return "上一次提现结束后才能申请下一次";
    }

    private static string FeeOf(PayoutPolicy policy)
    {
        if (policy.FeeRate.Value == 0) return policy.FeeLeast > Money.Zero ? $"每笔手续费 {YuanText.Of(policy.FeeLeast)}" : "不收手续费";
        var least = policy.FeeLeast > Money.Zero ? $"，最低 {YuanText.Of(policy.FeeLeast)}" : "";
        var most = policy.FeeMost > Money.Zero ? $"，最高 {YuanText.Of(policy.FeeMost)}" : "";
        return $"每笔手续费 {policy.FeeRate}{least}{most}";
    }

    /// <summary>Why a channel did not pay, as the distributor reads it. Of what lies with us he reads no more than that.</summary>
    public static string Of(ChannelError error) => error.Code switch
    {
        "NOT_ENOUGH" or "PAYER_BALANCE_NOT_ENOUGH" or "BALANCE_IS_NOT_ENOUGH" => "付款账户暂时不能付款，运营会重新付款",
        "NAME_NOT_CORRECT" or "NAME_CHECK_FAILED" or "PAYEE_USER_INFO_ERROR" => "收款人姓名与账户实名不符，请更新收款账户",
        "PAYEE_ACCOUNT_ABNORMAL" or "PAYEE_ACCOUNT_STATUS_ERROR" or "ACCOUNT_NOT_EXIST" or "PAYEE_NOT_EXIST" => "收款账户不存在或异常，请更新收款账户",
        "CANCELLED" or "OVERDUE_CLOSE" => "超过时间没有在微信确认收款",
        _ => error.Message.Length > 0 ? error.Message : error.Code,
    };

    public static string Of(TaxKind kind) => kind switch
    {
        TaxKind.Cumulative => "个人，累计预扣",
        TaxKind.PerPayment => "个人，按次预扣",
        TaxKind.Company => "公司，开票结算",
        TaxKind.Agency => "经代征或灵活用工平台",
    };

    public static string Of(Hold hold) => hold switch
    {
        Hold.Frozen => "冻结中",
        Hold.Debt => "欠款未清",
    };
}
