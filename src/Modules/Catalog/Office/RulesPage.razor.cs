namespace HaoSuan.Catalog;

public partial class RulesPage
{
    /// <summary>A rule as it is typed: of the fields, its kind uses some.</summary>
    public sealed class Entry
    {
        /// <summary>add, or what is done to which rule: change 2, remove 2, up 2, down 2. Places count from 0.</summary>
        public string? Do { get; init; }

        /// <summary>The version of the list that was looked at.</summary>
        public int Seen { get; init; }

        public string? Kind { get; init; }
        public string? Min { get; init; }
        public string? Max { get; init; }
        public string? Only { get; init; }
        public string? Regions { get; init; }
        public string? By { get; init; }
        public string? Scope { get; init; }
        public string? Most { get; init; }
        public string? Days { get; init; }
        public string? Text { get; init; }

        public static readonly IReadOnlyList<(string Kind, string Name)> Kinds =
        [
            ("age", "年龄"), ("delivery", "收货地区"), ("id_region", "身份证地区"), ("live_cards", "一证五户"), ("repeat", "限办次数"), ("blacklist", "黑名单"),
            ("declaration", "承诺"),
        ];

        internal string Verb => (Do ?? "").Split(' ')[0];

        /// <summary>Which rule is meant; -1 where none is.</summary>
        internal int At => (Do ?? "").Split(' ') is [_, var place] ? RuleList.ReadNumber(place) : -1;

        /// <summary>The rule as it would be typed.</summary>
        public static Entry Of(EligibilityRule rule) => rule switch
        {
            EligibilityRule.Age r => new() { Kind = "age", Min = $"{r.Min}", Max = $"{r.Max}" },
            EligibilityRule.Delivery r => new() { Kind = "delivery", Only = Word(r.Only), Regions = Lines(r.Regions.Select(RuleList.WriteRegion)) },
            EligibilityRule.IdRegion r => new() { Kind = "id_region", Only = Word(r.Only), Regions = Lines(r.Codes.Select(RuleList.WriteIdRegion)) },
            EligibilityRule.LiveCards r => new() { Kind = "live_cards", Most = $"{r.Most}" },
            EligibilityRule.Repeat r => new() { Kind = "repeat", By = $"{r.By}", Scope = $"{r.Scope}", Most = $"{r.Most}", Days = $"{r.Days}" },
            EligibilityRule.Declaration r => new() { Kind = "declaration", Text = r.Text },
            _ => new() { Kind = "blacklist" },
        };

        /// <summary>A rule to begin with.</summary>
        public static Entry New(string? kind) => kind switch
        {
            "age" => Of(new EligibilityRule.Age(18, 60)),
            "live_cards" => Of(new EligibilityRule.LiveCards(RuleList.MostLiveCards)),
            "repeat" => Of(new EligibilityRule.Repeat(ApplicantKey.Phone, RepeatScope.Carrier, 1, 30)),
            _ => new() { Kind = kind },
        };

        internal Result<EligibilityRule> Read()
        {
            EligibilityRule? rule = Kind switch
            {
                "age" => new EligibilityRule.Age(RuleList.ReadNumber(Min), RuleList.ReadNumber(Max)),
                "delivery" => new EligibilityRule.Delivery(Only == "true", [.. RegionLines().Select(l => RuleList.ReadRegion(l) ?? new(""))]),
                "id_region" => new EligibilityRule.IdRegion(Only == "true", [.. RegionLines().Select(l => RuleList.ReadIdRegion(l) ?? "")]),
                "live_cards" => new EligibilityRule.LiveCards(RuleList.ReadNumber(Most)),
                "repeat" => new EligibilityRule.Repeat(
                    Enum.TryParse<ApplicantKey>(By, out var by) ? by : default, Enum.TryParse<RepeatScope>(Scope, out var scope) ? scope : default,
                    RuleList.ReadNumber(Most), RuleList.ReadNumber(Days)),
                "blacklist" => new EligibilityRule.Blacklist(),
                "declaration" => new EligibilityRule.Declaration((Text ?? "").Trim()),
                _ => null,
            };
            if (rule is null) return new Refusal("catalog.rule_kind").On("kind");
            return RuleList.Faults(rule).ToList() is { Count: > 0 } faults ? faults : rule;
        }

        private string[] RegionLines() =>
            (Regions ?? "").Split(['\n', '、', '，', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

        private static string Word(bool only) => only ? "true" : "false";
    }
}
