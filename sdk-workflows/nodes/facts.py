#!/usr/bin/env python3
"""Facts of an /object_info answer, one class per line, sorted: facts.py IN > src/main/resources/io/github/comfyeks/nodes/object_info.json

Names, types, defaults, limits, choices and flags stay, prose goes: ComfyUI is GPL, facts about it are not. A text default over 60
characters or with a line break is prose too, "default_dropped" stands in its place. Names of files on the server go as well.
"""
import json
import sys

NODE = ("name", "display_name", "category", "python_module", "input", "output", "output_is_list", "output_name",
        "output_matchtypes")
FLAGS = ("output_node", "deprecated", "experimental", "api_node", "dev_only", "is_input_list")
PROSE = {"tooltip", "placeholder", "search_aliases", "display_name", "label_on", "label_off"}


def inputs(sections):
    return {section: {name: spec(each) for name, each in given.items()}
            for section, given in sections.items() if section != "hidden"}


def spec(given):
    if not isinstance(given, list) or len(given) < 2 or not isinstance(given[1], dict):
        return given
    options = {key: value for key, value in given[1].items() if key not in PROSE}
    default = options.get("default")
    if isinstance(default, str) and (len(default) > 60 or "\n" in default):
        del options["default"]
        options["default_dropped"] = True
    if given[0] == "COMFY_DYNAMICCOMBO_V3":
        options["options"] = [{"key": each["key"], "inputs": inputs(each.get("inputs") or {})}
                              for each in options.get("options", [])]
    if given[0] == "COMFY_AUTOGROW_V3" and "template" in options:
        options["template"] = {**options["template"], "input": inputs(options["template"]["input"])}
    return [given[0], options] if options else [given[0]]


def facts(node):
    kept = {key: node[key] for key in NODE if node.get(key) not in (None, "")}
    kept["input"] = inputs(node.get("input") or {})
    if not any(node.get("output_is_list") or []):
        kept.pop("output_is_list", None)
    kept.update({flag: True for flag in FLAGS if node.get(flag)})
    return kept


with open(sys.argv[1], encoding="utf-8") as file:
    nodes = json.load(file)
lines = [json.dumps(name, ensure_ascii=False) + ": " + json.dumps(facts(node), ensure_ascii=False)
         for name, node in sorted(nodes.items()) if not node.get("dev_only")]
sys.stdout.reconfigure(encoding="utf-8")
print("{\n" + ",\n".join(lines) + "\n}")
