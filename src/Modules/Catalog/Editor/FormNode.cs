using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace HaoSuan.Catalog;

/// <summary>
/// A form of lists within lists as it was typed: values by name, and lists of such nodes. A field's name is its path in the scheme,
/// <c>stages[0].when[1].within_days</c>, so that what is wrong with the scheme finds its field by itself.
/// </summary>
public sealed partial class FormNode
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedList<int, FormNode>> _lists = new(StringComparer.Ordinal);
    private readonly FormNode? _parent;
    private readonly string _list;

    private FormNode(FormNode? parent, string list) => (_parent, _list) = (parent, list);

    public FormNode() : this(null, "") { }

    /// <summary>Added just now: the page shows it first.</summary>
    public bool IsNew { get; private set; }

    public int Index => _parent?._lists[_list].IndexOfValue(this) ?? 0;

    /// <summary>"" for the form itself, or like <c>stages[0].when[1]</c>. Items that were left out of a list leave no gap.</summary>
    public string Path => _parent is null ? "" : $"{_parent.Name(_list)}[{Index}]";

    /// <summary>What was typed, without the blanks around it; "" where nothing was.</summary>
    public string this[string key]
    {
        get => _values.GetValueOrDefault(key)?[0].Trim() ?? "";
        set => _values[key] = [value];
    }

    /// <summary>The values of a field that stands there several times: those that are not empty, each once.</summary>
    public IReadOnlyList<string> All(string key) =>
        [.. (_values.GetValueOrDefault(key) ?? []).Select(v => v.Trim()).Where(v => v.Length > 0).Distinct(StringComparer.Ordinal)];

    public void SetAll(string key, IEnumerable<string> values)
    {
        List<string> list = [.. values];
        if (list.Count > 0) _values[key] = list;
        else _values.Remove(key);
    }

    public IReadOnlyList<FormNode> Items(string list) => _lists.TryGetValue(list, out var items) ? [.. items.Values] : [];

    /// <summary>The name of a field, or of a list, of this node.</summary>
    public string Name(string key) => _parent is null ? key : $"{Path}.{key}";

    public FormNode Add(string list, params ReadOnlySpan<(string Key, string Value)> values)
    {
        var item = At(list, _lists.TryGetValue(list, out var items) && items.Count > 0 ? items.GetKeyAtIndex(items.Count - 1) + 1 : 0);
        foreach (var (key, value) in values) item[key] = value;
        return item;
    }

    /// <summary>Adds an item that the page is to show first.</summary>
    public FormNode AddNew(string list, params ReadOnlySpan<(string Key, string Value)> values)
    {
        var item = Add(list, values);
        item.IsNew = true;
        return item;
    }

    public void Remove() => _parent?._lists[_list].RemoveAt(Index);

    /// <summary>The node of a path, or null where there is none.</summary>
    public FormNode? Find(string path)
    {
        if (path.Length == 0) return this;
        var step = Step().Match(path);
        if (!step.Success || !_lists.TryGetValue(step.Groups["list"].Value, out var items)) return null;
        var index = int.Parse(step.Groups["n"].Value, CultureInfo.InvariantCulture);
        return index < items.Count ? items.GetValueAtIndex(index).Find(path[step.Length..]) : null;
    }

    /// <summary>All that it holds, by name: what <see cref="Of"/> makes it of.</summary>
    public IEnumerable<KeyValuePair<string, StringValues>> Fields() =>
        _values.Select(v => KeyValuePair.Create(Name(v.Key), new StringValues([.. v.Value])))
            .Concat(_lists.Values.SelectMany(list => list.Values).SelectMany(item => item.Fields()));

    public static FormNode Of(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        var root = new FormNode();
        foreach (var (name, values) in fields)
        {
            var (node, key) = (root, name);
            for (var step = Step().Match(key); step.Success && step.Length < key.Length; step = Step().Match(key))
            {
                node = node.At(step.Groups["list"].Value, int.Parse(step.Groups["n"].Value, CultureInfo.InvariantCulture));
                key = key[step.Length..];
            }
            node._values[key] = [.. values.Select(v => v ?? "")];
        }
        return root;
    }

    private FormNode At(string list, int number)
    {
        if (!_lists.TryGetValue(list, out var items)) _lists[list] = items = [];
        if (!items.TryGetValue(number, out var item)) items[number] = item = new(this, list);
        return item;
    }

    [GeneratedRegex(@"^(?<list>[a-z_.]+)\[(?<n>[0-9]{1,3})\]\.?")]
    private static partial Regex Step();
}
