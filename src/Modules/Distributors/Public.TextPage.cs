using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Distributors;

/// <summary>How the pages of a text that distributors accept speak of it: those of the office publish it, that of the portal accepts it.</summary>
/// <param name="Of">The text itself.</param>
/// <param name="Office">Where the office has its versions.</param>
/// <param name="Agent">Where a distributor reads it.</param>
/// <param name="Name">What the office calls it.</param>
public sealed record TextPage(Func<IServiceProvider, AcceptedText> Of, string Office, string Agent, string Name)
{
    public static readonly TextPage Contract = new(s => s.GetRequiredService<Contracts>(), "/office/contracts", "/agent/contract", "合同")
    {
        Hint = "发布后不能修改，只能再发布新的一版；已入驻的人同意的仍是当时的版本",
        EmptyHint = "发布第一版后才能邀请入驻。",
        Published = "之后入驻的人同意这一版。",
        Title = "合作协议",
        WhenEmpty = "运营发布后，请在这里阅读并同意。",
        MustAccept = "distributors.must_accept",
        Next = "/agent/contract",
    };

    public static readonly TextPage Rules = new(s => s.GetRequiredService<PromotionRules>(), "/office/promotion-rules", "/agent/promotion-rules", "推广规范")
    {
        Hint = "发布后不能修改；发布新的一版后，每个分销商要再同意一次才能看到素材",
        EmptyHint = "发布第一版后，分销商同意了才能看到素材和海报。",
        Published = "分销商同意后才能使用素材。",
        Title = "推广规范",
        WhenEmpty = "运营发布后，请在这里阅读并同意，之后就能使用素材和海报。",
        Before = "先阅读并同意推广规范，再使用素材和海报。",
        MustAccept = "distributors.must_accept_rules",
        Next = "/agent/materials",
    };

    public static readonly IReadOnlyList<TextPage> All = [Contract, Rules];

    /// <summary>Under the field of a new version.</summary>
    public required string Hint { get; init; }

    /// <summary>What waits for the first version.</summary>
    public required string EmptyHint { get; init; }

    /// <summary>What a new version changes.</summary>
    public required string Published { get; init; }

    /// <summary>What distributors call it.</summary>
    public required string Title { get; init; }

    /// <summary>What a distributor reads as long as there is none.</summary>
    public required string WhenEmpty { get; init; }

    /// <summary>What he reads before he has accepted it.</summary>
    public string? Before { get; init; }

    /// <summary>The refusal where the box was not ticked.</summary>
    public required string MustAccept { get; init; }

    /// <summary>Where he goes on once he has accepted it.</summary>
    public required string Next { get; init; }
}
