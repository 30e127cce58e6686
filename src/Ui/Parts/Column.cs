using Microsoft.AspNetCore.Components;

namespace HaoSuan.Ui;

/// <summary>
/// A column of a <see cref="Table{T}"/>: either <see cref="Of"/> a row (money, moments, months, dates, numbers and text are
/// written as they should be) or content of its own.
/// </summary>
public sealed class Column<T> : ComponentBase
{
    [CascadingParameter] public Table<T>? Table { get; set; }
    [Parameter, EditorRequired] public required string Title { get; set; }
    [Parameter] public Func<T, object?>? Of { get; set; }
    [Parameter] public RenderFragment<T>? ChildContent { get; set; }

    /// <summary>Right-aligned figures: by itself where <see cref="Of"/> gives money or a number.</summary>
    [Parameter] public bool? Figure { get; set; }

    /// <summary>Left out on a phone.</summary>
    [Parameter] public bool Wide { get; set; }

    /// <summary>What stands in the last line.</summary>
    [Parameter] public object? Total { get; set; }

    protected override void OnInitialized()
    {
        if (Table is null) throw new InvalidOperationException("A column stands in a table.");
        Table.Add(this);
    }

    internal RenderFragment? Cell(T item) => ChildContent is null ? CellValue.Show(Of?.Invoke(item)) : ChildContent(item);
}
