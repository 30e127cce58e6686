namespace HaoSuan.Tests.Browser;

/// <summary>A scheme is written while the example order beside it is settled anew: what scripts add to the forms.</summary>
public sealed class SchemeJourney(Chrome chrome, Installation installation)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_example_follows_what_is_typed_and_what_was_added_comes_into_sight(bool onPhone)
    {
        await using var screen = await chrome.OpenAsync(onPhone ? Size.Phone : Size.Desk, installation.Address);
        await screen.SignIn("finance");
        await screen.Open("/office/products/LTWP29/schemes/new");
        var example = screen.Page.Locator("#example");
        await screen.Sees(example.GetByText("级差：18.00 = 108.00 - 90.00"));

        await screen.Page.Locator("[name='example.chain[1].rates-0']").FillAsync("70");
        await screen.Sees(example.GetByText("级差：38.00 = 108.00 - 70.00"));
        await screen.Page.Locator("[name='stages[0].upstream']").FillAsync("many");
        await screen.Sees(example.GetByText("请填金额如 80.00"));
        await screen.Page.Locator("[name='stages[0].upstream']").FillAsync("150");
        await screen.Sees(example.GetByText("毛利：上游 150.00"));

        await screen.Page.Locator("button[value='add-quiet stages[1].when']").ClickAsync();
        var added = screen.Page.Locator("fieldset", new() { Has = screen.Page.Locator("[name='stages[1].when[1].for_days']") });
        await Assertions.Expect(added).ToBeFocusedAsync();
        await Assertions.Expect(screen.Page.Locator("[name='stages[0].upstream']")).ToHaveValueAsync("150");
        await screen.Check("scheme-editor");
    }
}
