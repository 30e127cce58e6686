using System.Collections.Frozen;

namespace HaoSuan.Settling.Explaining;

/// <summary>The words of the trade in Chinese; a word that is not here stands for itself.</summary>
internal static class Words
{
    private static readonly FrozenDictionary<string, string> Chinese = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ordered"] = "下单",
        ["void"] = "作废",
        ["paid"] = "付款",
        ["refunded"] = "退款",
        ["submitted"] = "提交上游",
        ["documents_wanted"] = "待补资料",
        ["withdrawal_asked"] = "申请撤单",
        ["withdrawal_refused"] = "上游不予撤单",
        ["unrecognised"] = "未识别的上游状态",
        ["accepted"] = "受理",
        ["approved"] = "审核通过",
        ["rejected"] = "审核失败",
        ["verified"] = "实名核验",
        ["shipped"] = "发货",
        ["delivered"] = "签收",
        ["refused"] = "拒收",
        ["returned"] = "退货",
        ["exchanged"] = "换货",
        ["lost"] = "丢件",
        ["reshipped"] = "补发",
        ["after_sale_asked"] = "申请售后",
        ["after_sale_agreed"] = "同意售后",
        ["after_sale_declined"] = "驳回售后",
        ["after_sale_withdrawn"] = "撤销售后",
        ["after_sale_sent_back"] = "用户寄回旧卡",
        ["after_sale_received"] = "旧卡收回",
        ["after_sale_given_up"] = "旧卡收不回",
        ["after_sale_refunded"] = "核定退款",
        ["activated"] = "激活",
        ["topped_up"] = "充值",
        ["billed"] = "出账",
        ["renewed"] = "续费",
        ["used"] = "使用",
        ["in_service"] = "在网",
        ["out_of_service"] = "不在网",
        ["suspended"] = "停机",
        ["resumed"] = "复机",
        ["cancelled"] = "销户",
        ["expired"] = "失效",
        ["ported_in"] = "携入",
        ["ported_out"] = "携出",
        ["transferred"] = "过户",
        ["plan_changed"] = "改套餐",
        ["card_changed"] = "补换卡",
        ["complained"] = "投诉",
        ["disputed"] = "申诉",
        ["closed"] = "关闭",
        ["upstream_confirmed"] = "上游确认",
        ["upstream_rejected"] = "上游拒付",
        ["upstream_recalled"] = "上游撤回",
        ["arrears"] = "欠停",
        ["single"] = "单停",
        ["double"] = "双停",
        ["office"] = "局停",
        ["sale"] = "销售",
        ["spread"] = "级差",
        ["peer"] = "平级奖",
        ["penalty"] = "罚款",
        ["bonus"] = "阶梯奖励",
        ["pending"] = "冻结",
        ["available"] = "可提现",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(string word, Language language) => language switch
    {
        Language.English => word.Replace('_', ' '),
        Language.Chinese => Chinese.GetValueOrDefault(word, word),
    };

    public static string List(IEnumerable<string> words, Language language) =>
        string.Join(language == Language.Chinese ? "、" : " or ", words.Select(word => Of(word, language)));
}
