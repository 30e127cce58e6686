namespace HaoSuan.Orders;

/// <summary>What people call states and facts.</summary>
internal static class OrderWords
{
    public static string Of(OrderState state) => state switch
    {
        OrderState.AwaitingPayment => "待支付",
        OrderState.Confirmed => "待提交",
        OrderState.Submitted => "审核中",
        OrderState.Cancelling => "取消中",
        OrderState.Shipped => "已发货",
        OrderState.Delivered => "已签收",
        OrderState.Activated => "已激活",
        OrderState.Closed => "已取消",
        OrderState.Failed => "审核未通过",
        OrderState.Returned => "已退回",
    };

    public static Tone ToneOf(OrderState state) => state switch
    {
        OrderState.AwaitingPayment or OrderState.Cancelling => Tone.Warn,
        OrderState.Confirmed or OrderState.Submitted or OrderState.Shipped or OrderState.Delivered => Tone.Info,
        OrderState.Activated => Tone.Good,
        OrderState.Closed => Tone.Neutral,
        OrderState.Failed or OrderState.Returned => Tone.Bad,
    };

    public static string Of(NetworkState state) => state switch
    {
        NetworkState.None => "未入网",
        NetworkState.InService => "在网正常",
        NetworkState.Suspended => "停机",
        NetworkState.Cancelled => "已销户",
    };

    public static Tone ToneOf(NetworkState state) => state switch
    {
        NetworkState.None => Tone.Neutral,
        NetworkState.InService => Tone.Good,
        NetworkState.Suspended => Tone.Warn,
        NetworkState.Cancelled => Tone.Bad,
    };

    /// <summary>What a courier is chosen from.</summary>
    public static readonly Option[] Couriers = [.. Parcel.Couriers.Select(c => new Option(c, c))];

    /// <summary>A kind that has no word here is shown as it is: upstreams and schemes may bring their own.</summary>
    public static string OfFact(string kind) => Kinds.GetValueOrDefault(kind, kind);

    public static string OfAttribute(string name) => Names.GetValueOrDefault(name, name);

    /// <summary>A value that stands for a word; everything else is shown as it is.</summary>
    public static string OfValue(string name, string value) => name switch
    {
        "type" when Enum.TryParse<AfterSaleKind>(value, out var kind) => AfterSaleWords.Of(kind),
        "cause" when Enum.TryParse<AfterSaleReason>(value, out var reason) => AfterSaleWords.Of(reason),
        _ => value,
    };

    private static readonly Dictionary<string, string> Kinds = Words(
    [
        ("paid", "已支付"), ("refunded", "已退款"), ("submitted", "已提交上游"), ("accepted", "上游已受理"), ("approved", "审核通过"),
        ("rejected", "审核未通过"), ("verified", "已核验"), ("shipped", "已发货"), ("delivered", "已签收"), ("refused", "拒收"), ("lost", "丢件"),
        ("returned", "已退回"), ("exchanged", "已换货"), ("card_changed", "已补换卡"), ("reshipped", "已补发"),
        ("activated", "已激活"), ("topped_up", "已充值"), ("billed", "已出账"),
        ("in_service", "在网"), ("out_of_service", "不在网"), ("suspended", "停机"), ("resumed", "复机"), ("cancelled", "销户"),
        ("closed", "订单取消"), ("withdrawal_asked", "申请撤单"), ("withdrawal_refused", "上游不予撤单"),
        ("void", "作废"), ("upstream_confirmed", "上游确认结算"), ("upstream_rejected", "上游不予结算"),
        ("after_sale_asked", "申请售后"), ("after_sale_agreed", "同意售后"), ("after_sale_declined", "驳回售后"),
        ("after_sale_withdrawn", "撤销售后"),
        ("after_sale_sent_back", "用户已寄回"), ("after_sale_received", "旧卡已收回"), ("after_sale_given_up", "旧卡收不回"), ("after_sale_refunded", "退款已核定"),
        ("upstream_recalled", "上游撤回结算"), ("unrecognised", "未识别的上游状态"), ("documents_wanted", "待补资料"),
    ]);

    private static readonly Dictionary<string, string> Names = Words(
    [
        ("iccid", "ICCID"), ("phone", "号码"), ("courier", "快递"), ("tracking_no", "运单号"), ("remark", "备注"), ("reason", "原因"),
        ("month", "月份"), ("stage", "阶段"), ("kind", "类型"), ("channel", "渠道"), ("status", "状态"), ("code", "代码"),
        ("message", "说明"), ("appeal", "申诉"), ("after_sale", "售后单"), ("type", "类型"), ("cause", "原因"), ("evidence", "说明"),
        ("old_iccid", "旧卡 ICCID"), ("parcel_back", "寄回运单"), ("deduction", "扣除"),
    ]);

    private static Dictionary<string, string> Words((string Word, string Text)[] words) =>
        words.ToDictionary(w => w.Word, w => w.Text, StringComparer.Ordinal);
}
