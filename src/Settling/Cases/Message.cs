using System.Text.Encodings.Web;

namespace HaoSuan.Settling.Cases;

/// <summary>What can be wrong with a file, in both languages.</summary>
internal readonly record struct Message(string English, string Chinese)
{
    public static readonly Message Missing = new("missing", "缺少");
    public static readonly Message UnknownKey = new("unknown key", "未知的键");
    public static readonly Message RepeatedKey = new("this key stands here twice", "键重复");
    public static readonly Message Empty = new("must not be empty", "不能为空");
    public static readonly Message NotUnicode = new("not valid Unicode text", "不是合法的 Unicode 文本");
    public static readonly Message NoScalar = new("must be a text, a number or a flag", "必须是文本、数字或布尔值");
    public static readonly Message NoFact = new("must name at least one fact", "至少要有一种事实");
    public static readonly Message NeedsAfter = new("needs \"after\": within how long after what?", "需要 \"after\":在什么之后多久之内?");
    public static readonly Message NeedsDays = new("prorata needs within_days of at least 1", "按比例扣回 (prorata) 需要至少 1 天的 within_days");
    public static readonly Message NothingToAwait =
        new("a bonus is not of one order: there is nothing to await", "奖励不属于某一订单,没有可等待的确认");
    public static readonly Message Unsorted = new("tiers must ascend", "档位必须递增");
    public static readonly Message Ring = new("voids withdraw each other in a ring", "作废事实互相作废,成环");
    public static readonly Message OrderedIsTaken =
        new("\"ordered\" is the id of the order's implicit first fact", "\"ordered\" 是订单隐含的第一个事实的 id");

    public static Message Malformed(long? line, long? column, string reason) =>
        new($"malformed JSON at line {line}, byte {column}: {reason}", $"第 {line} 行第 {column} 字节 JSON 格式错误:{reason}");

    public static Message WrongType(string expected, string found, string expectedZh, string foundZh) =>
        new($"must be {expected}, is {found}", $"必须是{expectedZh},现为{foundZh}");

    public static Message NotOneOf(string text, string names) =>
        new($"{Quote(text)} is not one of: {names}", $"{Quote(text)} 不在可用的值之内:{names}");

    public static Message OutOfRange(string number, int least, int most) =>
        new($"must be a whole number from {least} to {most}, is {number}", $"必须是 {least} 到 {most} 的整数,现为 {number}");

    public static Message NoAmount(string text) =>
        new($"{Quote(text)} is not an amount such as \"80.00\"", $"{Quote(text)} 不是金额(如 \"80.00\")");

    public static Message TooFine(string text, Currency currency) => new(
        $"{Quote(text)} has more than the {currency.Decimals} decimals of {currency.Code}",
        $"{Quote(text)} 超过 {currency.Code} 的 {currency.Decimals} 位小数");

    public static Message TooLarge(string text) => new($"{Quote(text)} is too large", $"{Quote(text)} 过大");

    public static Message Negative(string text) => new($"{Quote(text)} must not be negative", $"{Quote(text)} 不能为负");

    public static Message NoInstant(string text) => new(
        $"{Quote(text)} is not an instant with an offset, like 2026-03-01T10:00:00+08:00",
        $"{Quote(text)} 不是带时区偏移的时刻,例如 2026-03-01T10:00:00+08:00");

    public static Message TooFar(string text) =>
        new($"{Quote(text)} is not between the years 1901 and 2199", $"{Quote(text)} 不在 1901 至 2199 年之间");

    public static Message UnknownKind(string kind) => new($"unknown fact kind {Quote(kind)}", $"未知的事实种类 {Quote(kind)}");

    public static Message UnknownCurrency(string code) => new($"unknown currency {Quote(code)}", $"未知的币种 {Quote(code)}");

    public static Message UnknownZone(string id) => new(
        $"unknown time zone {Quote(id)}; use an IANA name such as Asia/Shanghai",
        $"未知的时区 {Quote(id)},请用 IANA 名称,如 Asia/Shanghai");

    public static Message Duplicate(string name) => new($"duplicate {Quote(name)}", $"{Quote(name)} 重复");

    public static Message DuplicateInChain(string name) => new($"duplicate {Quote(name)} in the chain", $"{Quote(name)} 在链中重复");

    public static Message DuplicateVersion(Scheme scheme) => new(
        $"duplicate version {scheme.Version} of {Quote(scheme.Product)}", $"{Quote(scheme.Product)} 的版本 {scheme.Version} 重复");

    public static Message NoVersion(string product, int version) =>
        new($"{Quote(product)} has no scheme of version {version}", $"{Quote(product)} 没有版本 {version} 的方案");

    public static Message NoScheme(string product) => new($"no scheme for the product {Quote(product)}", $"产品 {Quote(product)} 没有方案");

    public static Message VoidOfNothing(string id) => new($"there is no fact {Quote(id)} in this order", $"本订单没有事实 {Quote(id)}");

    /// <summary>Names the order, the stage and both distributors.</summary>
    public static Message AboveParent(Order order, Inversion inversion, Currency currency)
    {
        var (parent, child) = (order.Chain[inversion.Child - 1], order.Chain[inversion.Child]);
        var (above, below) = (child.Rates[inversion.Stage].Format(currency), parent.Rates[inversion.Stage].Format(currency));
        var (id, stage) = (Quote(order.Id), Quote(order.Scheme.Stages[inversion.Stage].Key));
        var (c, p) = (Quote(child.Distributor), Quote(parent.Distributor));
        return new(
            $"order {id}, stage {stage}: the rate {above} of {c} is above {below}, that of its parent {p}",
            $"订单 {id},阶段 {stage}:{c} 的费率 {above} 高于上级 {p} 的 {below}");
    }

    /// <summary>A value from the file: on one line, quoted, and not too long.</summary>
    public static string Quote(string text) =>
        $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text.Length > 60 ? text[..60] + "…" : text)}\"";
}
